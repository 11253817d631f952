/// What a film or sound says of itself.
struct MediaFacts: Equatable {
    /// The type that the bytes show, whatever the name says.
    var type: String
    var width: Int?
    var height: Int?
    var seconds = 0.0
    var title: String?
    var performer: String?

    /// Whole seconds; a shorter film has one.
    var duration: Int { seconds > 0 ? max(1, Int(min(seconds, 1e8).rounded(.down))) : 0 }

    /// Reads bytes from an offset on, fewer at the end of the file.
    typealias Reading = (_ offset: Int, _ count: Int) throws -> [UInt8]

    /// Recognises MP4, WebM, GIF, MP3, Ogg, FLAC and WAV; reads no more of a file than its tables.
    static func read(size: Int, _ reading: Reading) throws -> MediaFacts? {
        let head = ByteWindow(try reading(0, 64))
        if head.starts("ftyp", at: 4) { return try MovieFacts.mp4(size: size, reading) }
        if head.big(0, 4) == 0x1A45_DFA3 { return MovieFacts.webm(ByteWindow(try reading(0, 1 << 18))) }
        if head.starts("GIF8") { return MovieFacts.gif(ByteWindow(try reading(0, 8 << 20))) }
        if head.starts("OggS") { return try SoundFacts.ogg(size: size, reading) }
        if head.starts("fLaC") { return SoundFacts.flac(ByteWindow(try reading(0, 64))) }
        if head.starts("RIFF"), head.starts("WAVE", at: 8) {
            return SoundFacts.wave(ByteWindow(try reading(0, 4096)), size: size)
        }
        if head.starts("ID3") || head.big(0, 2) & 0xFFE0 == 0xFFE0 { return try SoundFacts.mp3(size: size, reading) }
        return nil
    }
}
