internal import BotKit
internal import Markup
internal import PhotoLibraries

extension AccessTexts {
    static let english = AccessTexts(
        askOwner: "🔑 Ask the owner",
        asked: "I have passed your request on to the owner. You will hear from me when they let you in.",
        askedBefore: "The owner has your request. You will hear from me when they let you in.",
        nobodyToAsk: "I cannot reach the owner right now. Please try again later.",
        badInvitation:
            "This invitation is not valid: it was used, has run out or was taken back. Please ask for a new one.",
        letIn: "The owner has let you in. Send /start, and I will show you round.",
        alreadyIn: "You may use this bot already.",
        menu: Menu(
            users: "Who may use the bot", allow: "Let somebody in", deny: "Turn somebody away",
            invite: "A link that lets somebody in", invites: "Invitations that are still open",
            groups: "Groups that see the photos"),
        person: naming,
        request: { "🔑 \($0) asks to use the bot." },
        allowButton: "✅ Allow", denyButton: "🚫 Deny",
        isAllowed: { "✅ \($0) may use the bot now." },
        isDenied: { "🚫 \($0) may not use the bot any more. Nothing is sent to them." },
        wasAllowed: { "\($0) may use the bot already." },
        wasDenied: { "\($0) may not use the bot anyway." },
        isConfigured: {
            "\($0) stands in the configuration, so no command can turn them away. Take the number out of "
                + "\(code: "gallery.telegram.allowed_user_ids") and restart the bot."
        },
        whomToAllow:
            "Whom shall I let in? Choose the person with the button below, forward me a message of theirs, share "
            + "their contact, or send their number.",
        whomToDeny:
            "Whom shall I turn away? Choose the person with the button below, forward me a message of theirs, share "
            + "their contact, or send their number. /users has buttons for it too.",
        choosePerson: "👤 Choose a person",
        unknownUsername: {
            "I have not met @\($0), and Telegram lets no bot look names up. Choose the person with /allow, send "
                + "their number, or give them a link from /invite."
        },
        hiddenPerson:
            "Telegram does not tell me whose that is. Choose the person with /allow, or give them a link from /invite.",
        nobodyMeant: "I cannot see from this who is meant. A number, a forwarded message or a contact would do.",
        isBot: "That is a bot. Bots do not look at photos.",
        privatelyPlease: "Let us do that in our private chat.",
        ownerOnly: "Only the bot’s owner can do that.",
        users: { count, page in
            "👥 \(bold: "People: \(count)")\(page.isEmpty ? "" : " · page \(page)")"
        },
        user: { line in
            var text = naming(line.name, line.username, line.id)
            switch line.status {
            case .owner: text += " · owner"
            case .configured: text += " · from the configuration"
            case .allowed: break
            case .denied: text += " · turned away"
            }
            var facts: [String] = []
            if let since = line.since { facts.append("since \(since)") }
            facts.append(line.seen.map { "last seen \($0)" } ?? "not seen yet")
            facts.append("\(line.photos) \(Plural.english(line.photos, one: "photo", other: "photos"))")
            return text + "\n\(facts.joined(separator: ", "))"
        },
        blockButton: { "🚫 \($0)" }, restoreButton: { "↩️ \($0)" },
        confirmBlock: { "Turn \($0) away? They get no photos any more, by schedule neither. Nothing is deleted." },
        confirmRestore: { "Let \($0) in again? They find everything as they left it." },
        yes: "Yes", no: "No",
        invitation: { link, days, uses in
            var text: FormattedText = "✉️ This link lets in "
            text += uses == 1 ? "one person" : "\(uses) people"
            text += ". It is valid for \(days) \(Plural.english(days, one: "day", other: "days")):\n\n\(link)"
            return text + "\n\nI do not keep the link itself, so I cannot show it again. /invites takes it back."
        },
        invitationUsage: "[days, 1 to 365] [people, 1 to 100]",
        invitations: { count, page in
            "✉️ \(bold: "Open invitations: \(count)")\(page.isEmpty ? "" : " · page \(page)")"
        },
        noInvitations: "No invitation is open. /invite makes one.",
        invitationLine: { name, made, ends, uses in
            "\(code: name) of \(made), until \(ends), for \(uses) more"
        },
        revokeButton: { "✖️ \($0)" },
        revoked: "Taken back. The link lets nobody in any more.",
        invitationUsed: { "✉️ \($0) came in by your invitation." },
        addedHere: { title, isChannel in
            isChannel
                ? "You have added me to the channel \(bold: title). Shall photos be shown there? Everybody who reads it will see them. By itself nothing is sent to a channel."
                : "You have added me to \(bold: title). Shall photos be shown there? Everybody in the group will see them and may ask for more."
        },
        addedByOther: { title, person in
            "\(person) added me to \(bold: title). I have left: only you can let me show photos."
        },
        showHere: "✅ Show photos there", leave: "🚪 Leave",
        left: { "I have left \(bold: $0)." },
        isOpen: { "✅ Photos are shown in \(bold: $0). /groups takes it back." },
        notOpenHere: "Photos are not shown in this group. Shall they be? Everybody here will see them.",
        openHere: "Photos are shown here from now on: /random",
        groups: { "👪 \(bold: "Groups that see the photos: \($0)")" },
        noGroups: "No group sees the photos. Add me to one, and I will ask you.",
        closeButton: { "🚪 \($0)" },
        isClosed: { "Photos are not shown in \(bold: $0) any more, and I have left." },
        isConfiguredGroup: "from the configuration",
        groupUnknown: "I am not in that group any more.",
        libraryTrouble: { error in
            switch error {
            case .unauthorized:
                "⚠️ The photo library does not accept the key. Please put a valid one into the configuration and restart me."
            case .needsOwner:
                "⚠️ The photo library waits for you: it wants to be set up, migrated or protected. Please open it in a browser."
            default:
                "⚠️ The photo library gives answers that I do not understand. Its address may be wrong or its version too old: “quartet check” tells more."
            }
        },
        dataHelp: """
            \(bold: "What I keep about you")
            /export – all of it, as a file
            /forget – delete all of it
            """,
        help: """
            \(bold: "For the owner")
            /users – who may use the bot
            /allow, /deny – let somebody in, turn somebody away
            /invite, /invites – links that let somebody in
            /groups – groups that see the photos
            /dashboard – your page in the browser
            """)
}
