import Support
import Testing

@Suite struct RedactorTests {
    private static let token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"

    @Test(arguments: [
        "token \(token) here", "https://api.telegram.org/bot\(token)/getMe",
        "https://api.telegram.org/file/bot\(token)/photos/file_1.jpg", "http://127.0.0.1:8081/bot77:short/getUpdates",
        "GET /file/bot77:short-token/documents/a.pdf", "\"\(token)\"",
        "bot123456789%3AAAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
    ])
    func `bot tokens`(_ text: String) {
        let clean = Redactor().redact(text)
        #expect(!clean.contains("AAHdq") && !clean.contains("short"))
        #expect(clean.contains("***"))
    }

    @Test(arguments: [
        ("postgres://user:pa55word@db:5432/quartet", "postgres://***@db:5432/quartet"),
        (
            "connect to postgresql://u:p%40ss@[::1]/x?sslmode=require failed",
            "connect to postgresql://***@[::1]/x?sslmode=require failed"
        ),
        ("redis://:hunter2@cache", "redis://***@cache"),
        ("https://ghp_abcdef@example.org/x", "https://***@example.org/x"),
        ("postgres://user:pa/ss@db/quartet", "postgres://***@db/quartet"),
        ("postgres://u:p@ss@db/quartet", "postgres://***@db/quartet"),
        ("http://stash/image/1?apikey=abc123&t=5", "http://stash/image/1?apikey=***&t=5"),
        ("http://stash/image/1?t=5&ApiKey=abc123", "http://stash/image/1?t=5&ApiKey=***"),
        ("ApiKey: eyJhbGciOi.x.y", "ApiKey: ***"), ("[\"ApiKey\": \"eyJh\"]", "[\"ApiKey\": \"***\"]"),
        ("x-api-key: k1", "x-api-key: ***"), ("X-API-Key=k1; path=/", "X-API-Key=***; path=/"),
        ("{\\\"api_key\\\":\\\"k1\\\"}", "{\\\"api_key\\\":\\\"***\\\"}"),
        ("Authorization: Bearer abc.def", "Authorization: ***"),
        ("authorization: Basic dTpw\nnext line", "authorization: ***\nnext line"),
        ("sent \"Authorization\": \"Digest a, b\", ok", "sent \"Authorization\": \"***\", ok"),
        ("used Bearer abcdefghijk for it", "used Bearer *** for it"),
        ("X-Telegram-Bot-Api-Secret-Token: s3cr3t", "X-Telegram-Bot-Api-Secret-Token: ***"),
        ("?access_token=abc&x=1", "?access_token=***&x=1"), ("{\"password\":\"abc\"}", "{\"password\":\"***\"}"),
        ("password=abc", "password=***"),
    ])
    func `shapes that give a secret away`(_ text: String, _ expected: String) {
        #expect(Redactor().redact(text) == expected)
    }

    @Test(arguments: [
        "", "Фото отправлено", "12:30:45 at port 8080", "http://127.0.0.1:8081/sim/events", "user@example.org wrote",
        "unexpected token: }", "the apikey is missing",
        "authorizations: none?".replacing("authorizations: ", with: "authorizations "),
        "https://example.org/@user/post", "a secret garden", "bearer of news", "chat -1001234567890:12",
        "id 123456:abc",
        "http://[::1]:8080/a@b",
    ])
    func `ordinary text stays`(_ text: String) {
        #expect(Redactor().redact(text) == text)
    }

    @Test func `registered values, wherever and however they stand`() {
        let redactor = Redactor()
        redactor.register("s3cr3t/value")
        redactor.register("s3cr3t/value and more")
        redactor.register("short")
        #expect(redactor.redact("<s3cr3t/value>") == "<***>")
        #expect(redactor.redact("s3cr3t/value and more!") == "***!")
        #expect(redactor.redact("?q=s3cr3t%2Fvalue&x") == "?q=***&x")
        #expect(redactor.redact("s3cr3t/values3cr3t/value") == "******")
        #expect(redactor.redact("a short text") == "a short text")
    }
}

@Suite struct SecretTests {
    @Test func `never prints`() {
        let secret = Secret("very-secret-value-1")
        struct Holder { let key: Secret }
        for text in ["\(secret)", String(describing: secret), String(reflecting: secret), "\(Holder(key: secret))"] {
            #expect(!text.contains("very"))
        }
        var dumped = ""
        dump(Holder(key: secret), to: &dumped)
        #expect(!dumped.contains("very"))
        #expect(secret.reveal() == "very-secret-value-1")
        #expect("\(secret)" == "***")
    }
}
