extension World {
    mutating func invite(_ member: Int64, to key: ChatKey, by user: Int64) throws(APIError) {
        guard accounts[member] != nil else { throw ControlRefusal.missing("member") }
        guard !key.isDialog, chats[key]?.members[user]?.role.isPresent == true else {
            throw ControlRefusal.denied("you are not a member of the chat")
        }
        if bots[member]?.canJoinGroups == false { throw ControlRefusal.conflict("the bot joins no groups") }
        if isChannel(key), bots[member] != nil {
            // A bot is in a channel only as an administrator.
            setMember(member, in: key, Member(role: .administrator), by: user)
        } else {
            join(member, key, by: user)
        }
    }

    func file(unique id: String) -> StoredFile? {
        uniqueFiles[id].map { files[$0] }
    }
}
