/// `setMyDefaultAdministratorRights` and `getMyDefaultAdministratorRights`.
enum DefaultRights {
    static let set: Handler = { (world, call) throws(APIError) in
        let isForChannels = call.arguments.bool("for_channels")
        let kind: Chat.Kind = isForChannels ? .channel : .supergroup
        var granted: [String]?
        if !call.arguments["rights"].isEmpty {
            guard let node = call.arguments.json("rights") else {
                throw .badRequest("can't parse ChatAdministratorRights JSON object")
            }
            guard node.isObject else {
                throw .badRequest("can't parse ChatAdministratorRights: ChatAdministratorRights must be an Object")
            }
            var names: [String] = []
            for name in Rights.administrator(in: kind) {
                guard let value = node[name], !value.isNull else { continue }
                guard case .bool(let isGranted) = value else {
                    throw .badRequest(
                        "can't parse ChatAdministratorRights: Field \"\(name)\" must be of type Boolean")
                }
                if isGranted { names.append(name) }
            }
            granted = names
        }
        let names = granted
        world.editBot(call.bot) { bot in
            if isForChannels { bot.channelRights = names } else { bot.groupRights = names }
        }
        return .yes
    }

    static let get: Handler = { (world, call) throws(APIError) in
        let isForChannels = call.arguments.bool("for_channels")
        let bot = world.bots[call.bot]
        let granted = Set((isForChannels ? bot?.channelRights : bot?.groupRights) ?? [])
        return .writing { writer in
            writer.object { writer in
                for name in Rights.administrator(in: isForChannels ? .channel : .supergroup) {
                    // A channel has no anonymous administrators, whatever was asked for.
                    writer.field(name, granted.contains(name) && !(isForChannels && name == "is_anonymous"))
                }
            }
        }
    }
}
