/// Reads whom a method about members means, and knows what may not be done to them.
enum MemberArgument {
    static let onlySupergroups = APIError.badRequest("method is available only for supergroups")
    static let notInBasicGroups = APIError.badRequest("method is available for supergroup and channel chats only")

    static func user(_ arguments: Arguments) throws(APIError) -> Int64 {
        let user = arguments.int64("user_id")
        guard user > 0, user < 1 << 52 else { throw .badRequest("invalid user_id specified") }
        return user
    }

    /// The date until which something holds; one too near or too far counts as for ever.
    static func until(_ arguments: Arguments, now: Int64) -> Int64 {
        let date = arguments.integer("until_date", in: 0...Int64(Int32.max))
        return (now + 30...now + 366 * 86_400).contains(date) ? date : 0
    }

    /// Checks that a bot may restrict or remove somebody, in the order in which the service does.
    static func checkRestriction(of user: Int64, in key: ChatKey, by bot: Int64, _ world: World) throws(APIError) {
        let role = world.chats[key]?.members[user]?.role
        if role == .creator { throw .badRequest("can't remove chat owner") }
        if user == bot { throw .badRequest("can't restrict self") }
        guard world.isAdministrator(bot, in: key, with: "can_restrict_members") else {
            throw .badRequest("not enough rights to restrict/unrestrict chat member")
        }
        if role == .administrator { throw .badRequest("user is an administrator of the chat") }
    }

    static func checkKnown(_ user: Int64, _ world: World) throws(APIError) {
        guard world.accounts[user] != nil else { throw .badRequest("member not found") }
    }
}
