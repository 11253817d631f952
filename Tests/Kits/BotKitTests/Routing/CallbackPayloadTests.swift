import Testing

@testable import BotKit

struct CallbackPayloadTests {
    struct Vote: CallbackPayload, Equatable {
        var photo: Int
        var likes: Bool
        var note: String?
        var from: Int64?
    }

    enum Menu: CallbackPayload, Equatable {
        case home
        case page(Int, filter: String?)
        case item(id: Int64)
        static var tag: String { "m" }
    }

    enum Size: String, Codable { case small, large }

    struct Nested: CallbackPayload, Equatable {
        struct Inner: Codable, Equatable { var size: Size; var ratio: Double }
        var inner: Inner
        var menu: Menu
        var last: UInt8
    }

    @Test(arguments: [
        (Vote(photo: 7, likes: true), "Vote:7,1,~,~"),
        (Vote(photo: -1000, likes: false, note: "a,b\\c", from: 123_456_789), "Vote:-rs,0,a\\,b\\\\c,21i3v9"),
        (Vote(photo: 0, likes: true, note: "~", from: nil), "Vote:0,1,\\~,~"),
        (Vote(photo: 0, likes: true, note: "", from: 1), "Vote:0,1,,1"),
    ])
    func `values are written compactly and read back`(vote: Vote, data: String) throws {
        #expect(try vote.callbackData() == data)
        #expect(try Vote(callbackData: data) == vote)
    }

    @Test(arguments: [
        (Menu.home, "m:home"), (.page(2, filter: nil), "m:page,2,~"), (.page(35, filter: "да"), "m:page,z,да"),
        (.item(id: .max), "m:item,1y2p0ij32e8e7"),
    ])
    func `enumerations carry their case and its values`(menu: Menu, data: String) throws {
        #expect(try menu.callbackData() == data)
        #expect(try Menu(callbackData: data) == menu)
    }

    @Test func `values inside values are read back`() throws {
        let value = Nested(inner: .init(size: .large, ratio: 1.5), menu: .page(1, filter: "~x"), last: 255)
        #expect(try value.callbackData() == "Nested:large,1.5,page,1,\\~x,73")
        #expect(try Nested(callbackData: value.callbackData()) == value)
    }

    @Test func `a value longer than 64 bytes is refused with its size`() {
        let vote = Vote(photo: 1, likes: true, note: String(repeating: "я", count: 30))
        #expect(throws: CallbackPayloadError.tooLong(type: "Vote", bytes: 71)) { try vote.callbackData() }
    }

    @Test(arguments: ["Vote", "Vote:", "Vote:7", "Vote:7,2,~,~", "Vote:7,1,~,~,9", "Vote:x!,1,~,~", "Vote:~,1,~,~"])
    func `data of an older shape are stale`(data: String) {
        #expect(throws: CallbackPayloadError.stale(type: "Vote")) { try Vote(callbackData: data) }
    }

    @Test func `data of another type are none of this one's business`() throws {
        #expect(try Vote(callbackData: "Other:1") == nil)
        #expect(try Vote(callbackData: "noop") == nil)
    }
}
