import HTTP
import Testing

@Suite struct HTTPURLTests {
    @Test func `all parts are told apart`() throws {
        let url = try #require(HTTPURL("HTTPS://us%20er:pw@Example.COM:8443/a/b%20c?x=1&y#frag"))
        #expect(url.scheme == "https")
        #expect(url.userInfo == "us%20er:pw")
        #expect(url.host == "example.com")
        #expect(url.port == 8443)
        #expect(url.path == "/a/b%20c")
        #expect(url.query == "x=1&y")
        #expect(url.fragment == "frag")
        #expect(url.target == "/a/b%20c?x=1&y")
        #expect(url.redacted == "https://example.com:8443/a/b%20c")
        #expect(url.description == "https://us%20er:pw@example.com:8443/a/b%20c?x=1&y#frag")
    }

    @Test(arguments: [
        ("http://h", "/", 80), ("https://h", "/", 443), ("http://[::1]:8080?q", "/", 8080), ("http://h:", "/", 80),
    ])
    func `path and port have defaults`(text: String, path: String, port: Int) throws {
        let url = try #require(HTTPURL(text))
        #expect(url.path == path)
        #expect(url.effectivePort == port)
    }

    @Test(arguments: [
        "", "example.com", "/path", "ftp://h/", "http://", "http://h:0/", "http://h:99999/", "http://h:a/",
        "http://a b/", "http://h/a\nb", "http://h\\@evil/", "http://[::1", "http://a\u{0}b/",
    ])
    func `what is no absolute URL is refused`(text: String) {
        #expect(HTTPURL(text) == nil)
    }

    @Test func `the host is what stands after the last at sign`() throws {
        #expect(try #require(HTTPURL("http://good.example@evil.example/")).host == "evil.example")
    }

    @Test(arguments: [
        ("http://internal:9999/scene/1?t=2", "https://home.example", "https://home.example/scene/1?t=2"),
        ("http://internal/scene/1", "https://home.example/stash/", "https://home.example/stash/scene/1"),
        ("http://internal/stash/scene/1", "https://u:p@home.example/stash", "https://u:p@home.example/stash/scene/1"),
        ("http://internal/stashed", "https://home.example/stash", "https://home.example/stash/stashed"),
    ])
    func `path and query move to a base`(text: String, base: String, expected: String) throws {
        let (url, base) = (try #require(HTTPURL(text)), try #require(HTTPURL(base)))
        #expect(url.rebased(on: base).description == expected)
    }

    @Test(arguments: [
        ("../x?y", "http://h/a/x?y"), ("/x", "http://h/x"), ("?z", "http://h/a/b/c?z"), ("x/./y/..", "http://h/a/b/x/"),
        ("//o/p", "http://o/p"), ("https://o/p", "https://o/p"), ("../../../x", "http://h/x"), ("", "http://h/a/b/c?q"),
    ])
    func `a reference is resolved`(reference: String, expected: String) throws {
        let base = try #require(HTTPURL("http://h/a/b/c?q#f"))
        #expect(base.resolving(reference)?.description == expected)
        #expect(base.resolving("mailto:someone") == nil)
    }
}
