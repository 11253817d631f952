import BotKit
import Markup
import PhotoLibraries
import Testing

@testable import GalleryBot

@Suite struct CaptionTests {
    private func label(_ name: String) -> Photo.Label { Photo.Label(id: "1", name: name) }

    @Test func `a caption has title, people, gallery, rating and five tags`() {
        let photo = Photo(
            id: "1", title: "Dawn", fileName: "a.jpg", galleries: [label("Mountains")],
            tags: ["dawn", "two words", "a-b", "4", "five", "six", "seven"].map(label),
            performers: [label("Mira"), label("Олег")],
            rating: 80, fingerprint: "x")
        let caption = Caption.text(for: photo, in: .english)
        #expect(caption.text == "Dawn\n👤 Mira, Олег\n📁 Mountains\n★★★★☆ 80/100\n#dawn #two_words #a_b #five #six")
        #expect(caption.entities.first == TextEntity(.bold, offset: 0, length: 4))
    }

    @Test(arguments: [(GalleryTexts.english, "📸 A random photo"), (.russian, "📸 Случайное фото")])
    func `a picture of which nothing is known still has a line`(texts: GalleryTexts, expected: String) {
        #expect(Caption.text(for: Photo(id: "1", fileName: "a.jpg", fingerprint: "x"), in: texts).text == expected)
    }

    @Test(arguments: [
        ("IMG_2041.jpg", nil), ("DSC00012.JPG", nil), ("PXL_20240101_120000.mp4", nil), ("20240711-093000.jpg", nil),
        ("long-ridge.jpg", "long-ridge"), ("Озеро утром.png", "Озеро утром"),
        ("P1010234.JPG", nil), ("Anna.jpeg", "Anna"), ("photo.jpg", nil),
    ])
    func `a file's name stands in for a title where somebody gave it`(file: String, name: String?) {
        #expect(Caption.name(of: Photo(id: "1", fileName: file, fingerprint: "x")) == name)
    }

    @Test func `a remark is never cut, however long the title`() {
        let photo = Photo(id: "1", title: String(repeating: "a", count: 3000), fileName: "a.jpg", fingerprint: "x")
        let caption = Caption.text(for: photo, in: .english, above: "🗓 3 years ago today", remark: "A new round.")
        #expect(caption.text.hasPrefix("🗓 3 years ago today\na") && caption.text.hasSuffix("\n\nA new round."))
        #expect(caption.text.utf16.count <= 1024)
    }

    @Test func `markup in names stays text`() {
        let photo = Photo(
            id: "1", title: "A & B <c> *d* </b>", fileName: "a", performers: [label("<i>x")], fingerprint: "x")
        let caption = Caption.text(for: photo, in: .english)
        #expect(caption.text == "A & B <c> *d* </b>\n👤 <i>x")
        #expect(caption.html == "<b>A &amp; B &lt;c&gt; *d* &lt;/b&gt;</b>\n👤 &lt;i&gt;x")
    }

    @Test func `a title of 1,100 emoji is cut between them and keeps its entity whole`() {
        let photo = Photo(id: "1", title: String(repeating: "👩‍👩‍👧", count: 1100), fileName: "a", fingerprint: "x")
        let caption = Caption.text(for: photo, in: .english)
        #expect(caption.text.utf16.count <= 1024)
        #expect(caption.text.utf16.count > 1000)
        #expect(caption.text.hasSuffix("👩‍👩‍👧…") || caption.text.hasSuffix("👩‍👩‍👧"))
        #expect(caption.entities.allSatisfy { $0.end <= caption.length })
    }

    @Test(arguments: [
        (0, "☆☆☆☆☆"), (1, "★☆☆☆☆"), (20, "★☆☆☆☆"), (21, "★★☆☆☆"), (80, "★★★★☆"), (100, "★★★★★"), (250, "★★★★★"),
    ])
    func `stars are those that Stash shows`(rating: Int, stars: String) {
        #expect(Caption.stars(rating) == stars)
    }

    @Test(arguments: [
        ("hills", "#hills"), ("Two words", "#Two_words"), ("2024", nil), ("!?", nil), ("утро", "#утро"), ("c++", "#c"),
    ])
    func `a tag becomes a word that Telegram links, or nothing`(name: String, hashtag: String?) {
        #expect(Caption.hashtag(name) == hashtag)
    }
}
