import Testing

@testable import BotKit

struct CommandCallTests {
    @Test(arguments: [
        ("/start", "start", ""), ("/Start  deep-link ", "start", "deep-link"), ("/roll@My_Bot 20", "roll", "20"),
        ("/say\nseveral\nlines", "say", "several\nlines"), ("/a1_b", "a1_b", ""),
        ("/go@MY_BOT\u{2003}far away", "go", "far away"), ("/go\r\nfar 🌉 \n", "go", "far 🌉"),
    ])
    func `a command has a name and a rest`(text: String, name: String, rest: String) throws {
        guard case .command(let call) = CommandCall.parse(text, bot: "my_bot") else { return #expect(Bool(false)) }
        #expect(call.name == name)
        #expect(call.arguments == rest)
    }

    @Test(arguments: [
        "hello", "", "/", "/ start", "/привет", "/a-b", "/" + String(repeating: "x", count: 33), "x /start",
        "/start\u{301}", "/start🌉", "/start-", "/start\u{301}@my_bot",
    ])
    func `other texts are no commands`(text: String) {
        #expect(CommandCall.parse(text, bot: "my_bot") == .noCommand)
    }

    @Test(arguments: ["a", "start", "a1_b", "_", "0", String(repeating: "x", count: 32)])
    func `what Telegram takes for a command's name`(name: String) {
        #expect(CommandCall.isName(name))
        #expect(CommandCall.parse("/" + name, bot: nil) == .command(CommandCall(name: name, arguments: "")))
    }

    @Test(arguments: ["", "/start", "roll-dice", "Start", "a b", "старт", "é", String(repeating: "x", count: 33)])
    func `no command's name`(name: String) {
        #expect(!CommandCall.isName(name))
    }

    @Test func `a command that could never be called is a programming error`() async {
        await #expect(processExitsWith: .failure) {
            var routes = Routes()
            routes.command("/start") { _ in }
        }
        await #expect(processExitsWith: .failure) {
            var routes = Routes()
            routes.conversation("dice", on: .command("roll-dice")) { _ in }
        }
        await #expect(processExitsWith: .success) {
            var routes = Routes()
            routes.command("roll_dice") { _ in }
        }
    }

    @Test(arguments: ["/start@other_bot", "/start@", "/start@my_bot2 x"])
    func `commands for other bots are left to them`(text: String) {
        #expect(CommandCall.parse(text, bot: "my_bot") == .forAnotherBot)
    }

    @Test func `arguments are read by their types`() throws {
        func call(_ rest: String) -> CommandCall { CommandCall(name: "x", arguments: Substring(rest)) }
        let all = try #require(call("3 2.5 the rest of it").read(Int.self, Double.self, String.self))
        #expect(all == (3, 2.5, "the rest of it"))
        let words = try #require(call("one two").read(String.self, String.self))
        #expect(words == ("one", "two"))
        #expect(call("three").read(Int.self) == nil)
        #expect(call("").read(Int.self) == nil)
        let missing = try #require(call("").read(Int?.self, String?.self))
        #expect(missing.0 == nil && missing.1 == nil)
        let given = try #require(call("5").read(Int?.self, String?.self))
        #expect(given.0 == 5 && given.1 == nil)
        #expect(call("5 five").read(Int.self, Int?.self) == nil, "something else in the last place is a mistake")
        let skipped = try #require(call("later").read(Int?.self, String.self))
        #expect(skipped.0 == nil && skipped.1 == "later")
    }
}
