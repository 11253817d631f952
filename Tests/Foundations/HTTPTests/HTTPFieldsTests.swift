import HTTP
import Testing

@Suite struct HTTPFieldsTests {
    @Test func `a name is found whatever its case and the first value wins`() {
        let fields: HTTPFields = ["Set-Cookie": "a=1", "X-Other": "x", "set-cookie": "b=2"]
        #expect(fields["SET-COOKIE"] == "a=1")
        #expect(fields.all("set-Cookie") == ["a=1", "b=2"])
        #expect(fields["X-None"] == nil)
    }

    @Test func `setting replaces all lines of the name in the place of the first`() {
        var fields: HTTPFields = ["A": "1", "B": "2", "a": "3"]
        fields["a"] = "4"
        #expect(fields == ["A": "4", "B": "2"])
        fields["A"] = nil
        #expect(fields == ["B": "2"])
        fields["C"] = "5"
        #expect(fields.map(\.name) == ["B", "C"])
    }

    @Test(arguments: [
        ("keep-alive, Upgrade", "upgrade", true), ("close", "upgrade", false), ("up grade", "grade", false),
    ])
    func `a token is found among the members of a list`(value: String, token: String, expected: Bool) {
        let fields: HTTPFields = ["Connection": value]
        #expect(fields.hasToken(token, in: "connection") == expected)
    }

    @Test(arguments: [("12", 12), ("", nil), ("-1", nil), ("+5", nil), ("1 2", nil), ("99999999999999999999", nil)])
    func `a content length is digits only`(text: String, expected: Int?) {
        let fields: HTTPFields = ["Content-Length": text]
        #expect(fields.contentLength == expected)
    }

    @Test func `a value that would start another line cannot be sent`() {
        #expect(!HTTPFields.isValidValue("a\r\nX: y"))
        #expect(!HTTPFields.isValidValue("a\u{0}"))
        #expect(HTTPFields.isValidValue("ä\tb"))
        #expect(!HTTPFields.isValidName("A B"))
        #expect(!HTTPFields.isValidName(""))
    }
}
