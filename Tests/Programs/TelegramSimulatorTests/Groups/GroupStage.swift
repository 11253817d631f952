@testable import TelegramSimulator

/// A supergroup of Alice, in which Boris is a member and the bot an administrator with chosen rights.
struct GroupStage: Sendable {
    let stage: Stage
    let id: Int64
    let alice: SimulatedPerson
    let boris: SimulatedPerson

    /// Runs a body in a fresh supergroup; `denied` are the rights that the bot lacks.
    static func run(
        isAdministrator: Bool = true, denied: [String] = [], _ body: (GroupStage) async throws -> Void
    ) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let alice = SimulatedPerson(Stage.alice, at: stage.url, http: stage.http)
            let boris = SimulatedPerson(Stage.boris, at: stage.url, http: stage.http)
            let group = try await alice.upgrade(Stage.group)
            try await alice.add(Stage.bot, to: group)
            if isAdministrator {
                let list = denied.map { "\"\($0)\"" }.joined(separator: ",")
                try await stage.act(
                    "promote",
                    #"{"user":501,"chat":\#(group),"member":7001,"role":"administrator","denied":[\#(list)]}"#)
            }
            try await body(GroupStage(stage: stage, id: group, alice: alice, boris: boris))
        }
    }

    /// Calls a method with the group's id and further fields; answers `ok` or the refusal.
    func call(_ method: String, _ fields: String = "") async throws -> String {
        let reply = try await stage.call(method, #"{"chat_id":\#(id)\#(fields.isEmpty ? "" : ",")\#(fields)}"#)
        return reply.status == 200 ? "ok" : reply.description ?? ""
    }

    func result(_ method: String, _ fields: String = "") async throws -> JSONNode {
        try await stage.call(method, #"{"chat_id":\#(id)\#(fields.isEmpty ? "" : ",")\#(fields)}"#).result
    }

    func status(of user: Int64) async throws -> String? {
        try await result("getChatMember", #""user_id":\#(user)"#)["status"]?.string
    }

    /// The newest update, whatever its kind.
    func last() async throws -> JSONNode? { try await stage.updates(#"{"offset":-1}"#).last }
}
