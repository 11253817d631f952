internal import BotKit

/// A press on a button that means one photo.
protocol PhotoPress: CallbackPayload {
    /// Its number in `gallery_photos`.
    var photo: Int64 { get }
}

/// A press on ℹ️: what is known of the photo.
struct InfoPress: PhotoPress {
    static let tag = "i"
    var photo: Int64
}

/// A press on ⤓: the file as it lies in the library.
struct OriginalPress: PhotoPress {
    static let tag = "o"
    var photo: Int64
}

/// A press on ➡️: another photo.
struct NextPress: CallbackPayload {
    static let tag = "n"
    /// The number of the photo under which it was pressed.
    var photo: Int64
}

/// A press for photos of a day in other years.
struct TodayPress: CallbackPayload {
    static let tag = "t"
    var month: Int
    var day: Int
    /// How many days around it count too.
    var reach: Int
    /// How many photos of it were shown.
    var offset: Int
}

/// The second row under a photo: about it, its file, and another one.
enum PhotoButtons {
    /// The row for a photo, by its number.
    static func row(photo: Int64, in language: Language) -> Row {
        let texts = SendingTexts.all[language]
        return Row {
            Button("ℹ️", InfoPress(photo: photo))
            Button(texts.originalButton, OriginalPress(photo: photo))
            Button(texts.nextButton, NextPress(photo: photo))
        }
    }

    /// The row below an album, where a button cannot say which photo it means.
    static func nextRow(photo: Int64, in language: Language) -> Row {
        Row { Button(SendingTexts.all[language].nextButton, NextPress(photo: photo)) }
    }
}
