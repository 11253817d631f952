extension World {
    /// Ends a basic group for everybody, as its owner may.
    mutating func deleteGroup(_ key: ChatKey, by user: Int64) throws(APIError) {
        guard let chat = chats[key], chat.kind == .group, chat.migratedTo == nil else {
            throw ControlRefusal.conflict("only a basic group can be deleted")
        }
        guard chat.members[user]?.role == .creator else {
            throw ControlRefusal.denied("only the owner can delete the group")
        }
        editChat(key) { $0.isDeleted = true }
        for id in chat.memberOrder where chat.members[id]?.role.isPresent == true {
            setMember(id, in: key, Member(role: .left), by: user)
        }
        effects.events.append(.chat(key))
    }
}
