internal import BotKit
internal import Markup
internal import PhotoLibraries

extension GalleryTexts {
    static let english = GalleryTexts(
        untitled: "A random photo",
        menu: Menu(
            start: "What this bot does", random: "A random photo", stats: "How many photos were sent",
            help: "Commands and the schedule"),
        nextButton: "💕 Random",
        greeting: { name, schedule in
            var text: FormattedText = "Hello, \(bold: name)! I show you photos from your own library."
            text += "\n\n/random – a photo now\n/stats – what was sent so far\n/help – all about it"
            text += schedule.map { "\n\n⏰ I also send one by myself: \($0)." } ?? "\n\n⏰ Photos by themselves: /every"
            return text
        },
        help: { days, schedule in
            var text: FormattedText = "\(bold: "Commands")\n/random – a photo now"
            text += "\n/random 5 – an album; /random tag:beach ★4 portrait – what you wish for"
            text += "\n/today – this day in other years"
            text += "\n/original, /info – the file itself, and what is known of it: answer to a photo"
            text += "\n/stats – what was sent so far"
            text += "\n/preferences – what you like, by your votes\n/excluded – galleries that you have hidden"
            text += "\n/every – photos by themselves, when and which\n/schedule – what comes by itself, and changing it"
            text += "\n/pause, /resume, /quiet – when nothing shall come"
            text += "\n/timezone – your clock\n/settings – all you can set"
            text += "\n/start – the greeting with the keyboard\n/help – this page"
            text += "\n\n👍 and 👎 under a photo are your vote; the same button takes it back."
            text += "\n\nA photo does not come twice within \(days) \(Plural.english(days, one: "day", other: "days"))"
            text += ", nor before you have seen all the others."
            text += schedule.map { "\n\n⏰ By schedule: \($0)." } ?? "\n\n⏰ Photos by themselves: /every"
            return text
        },
        stats: { figures in
            var text: FormattedText = "📊 \(bold: "Photos sent")"
            text += "\nto everybody: \(bold: figures.total)\nto you: \(bold: figures.toChat)"
            if let remaining = figures.remainingInRound, let size = figures.librarySize {
                text += "\nstill unseen: \(bold: remaining) of \(size)"
            }
            if let last = figures.last { text += "\n\nThe last one: \(italic: last.title ?? "untitled"), \(last.time)" }
            return text
        },
        newRound: "You have seen every photo. I begin anew.",
        repeated: { days in
            "You have seen every photo within \(days) \(Plural.english(days, one: "day", other: "days")), so this one comes again."
        },
        emptyLibrary: "There are no photos in the library yet.",
        libraryTrouble: { error in
            switch error {
            case .unavailable, .cancelled: "The photo library does not answer. Please try again in a minute."
            case .unauthorized: "The photo library does not let me in: its owner has to check the key."
            case .needsOwner: "The photo library waits for its owner. Please tell them."
            case .unexpectedAnswer, .refused: "The photo library gave an answer I do not understand. I have noted it."
            case .notFound, .tooLarge, .notAPicture: "I could not get hold of a photo just now. Please try again."
            }
        },
        cannotSend: "Telegram did not take this photo in any form. Please try another one with /random.",
        hint: "I show photos: press the button or send /random. More under /help.",
        privateOnly: "These photos are private, so I show them in a private chat only. Please write to me there.",
        refusal: "Sorry, this bot shows private photos, and you are not on its list. Its owner can add you.")
}
