extension World {
    /// Presses the stop button of a text that a bot is writing: the bot is told, and the text goes.
    mutating func stopDraft(_ id: Int64, in key: ChatKey) throws(APIError) {
        guard var draft = pending.drafts[key], draft.id == id, draft.until > now else {
            throw ControlRefusal.missing("draft")
        }
        guard draft.canStop else { throw ControlRefusal.conflict("the draft has no stop button") }
        pending.drafts[key] = nil
        emit(.stoppedMessageGeneration, to: draft.bot, lane: "s\(id)") { world, writer in
            writer.object { writer in
                if let chat = world.chats[key] {
                    writer.key("chat")
                    world.write(chat: chat, to: &writer)
                }
                writer.field("draft_id", id)
            }
        }
        if !draft.staysWhenStopped { draft.until = now }
        draft.canStop = false
        effects.events.append(.draft(key, draft))
    }
}
