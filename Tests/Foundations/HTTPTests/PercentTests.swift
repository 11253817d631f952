import HTTP
import Testing

@Suite struct PercentTests {
    @Test(arguments: [
        ("a b/ü?&+=~*", Percent.Place.pathSegment, "a%20b%2F%C3%BC%3F&+=~%2A"),
        ("a b/ü?", .path, "a%20b/%C3%BC%3F"), ("a b/ü&+=~*", .queryComponent, "a%20b%2F%C3%BC%26%2B%3D~%2A"),
        ("a b/&+=~*", .form, "a+b%2F%26%2B%3D%7E*"), ("plain-1._", .form, "plain-1._"),
    ])
    func `each place has its own alphabet`(text: String, place: Percent.Place, expected: String) {
        #expect(Percent.encode(text, for: place) == expected)
        #expect(Percent.decode(expected, plusIsSpace: place == .form) == text)
    }

    @Test(arguments: ["%", "%4", "%zz", "%ff", "a%C3"])
    func `a malformed escape is refused where strict and kept where lenient`(text: String) {
        #expect(Percent.decode(text) == nil)
        #expect(!Percent.decodeLeniently(text).isEmpty)
    }

    @Test func `lenient decoding leaves what it cannot read`() {
        #expect(Percent.decodeLeniently("100%+%41%zz", plusIsSpace: true) == "100% A%zz")
    }
}

@Suite struct QueryItemsTests {
    @Test func `a query is read in order with repeated and empty names`() {
        let items = QueryItems(parsing: "a=1&b=x+y%21&&a=2&flag&=v")
        #expect(items.all.map(\.name) == ["a", "b", "a", "flag", ""])
        #expect(items["b"] == "x y!")
        #expect(items.all("a") == ["1", "2"])
        #expect(items["flag"] == "")
        #expect(items["none"] == nil)
    }

    @Test func `what is encoded is read back`() {
        let items: QueryItems = ["q": "a+b & c=d", "ü": "日本 \u{301}"]
        #expect(QueryItems(parsing: items.encoded()) == items)
        #expect(QueryItems(parsing: items.formEncoded()) == items)
        #expect(items.formEncoded().hasPrefix("q=a%2Bb+%26"))
    }
}
