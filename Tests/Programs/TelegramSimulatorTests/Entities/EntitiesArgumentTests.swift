import Testing

@testable import TelegramSimulator

@Suite struct EntitiesArgumentTests {
    @Test(
        arguments: [
            (#"[{"type":"bold","offset":0,"length":3}]"#, ["bold 0+3"]),
            (#"[{"type":"bold","offset":0,"length":0}]"#, []), (#"7"#, []),
            (#"[{"type":"mention","offset":0,"length":2},{"type":"url","offset":0,"length":2}]"#, []),
            (#"[{"type":"bank_card_number","offset":0,"length":2}]"#, []),
            (#"[{"type":"text_link","offset":0,"length":1,"url":"e.org"}]"#, ["text_link 0+1 http://e.org/"]),
            (#"[{"type":"text_link","offset":0,"length":1,"url":"tg://user?id=7"}]"#, ["text_mention 0+1 7"]),
            (#"[{"type":"text_mention","offset":0,"length":1,"user":{"id":7}}]"#, ["text_mention 0+1 7"]),
            (#"[{"type":"pre","offset":0,"length":1,"language":"swift"}]"#, ["pre 0+1 swift"]),
            (#"[{"type":"custom_emoji","offset":1,"length":2,"custom_emoji_id":"55"}]"#, ["custom_emoji 1+2 55"]),
            (#"[{"type":"italic","offset":"1","length":"2"}]"#, ["italic 1+2"]),
        ] as [(String, [String])])
    func `a bot's entities are taken, but for those that the service finds itself`(list: String, entities: [String])
        throws
    {
        let parsed = try EntitiesArgument.parse(JSONNode(list), of: "a😀bc")
        #expect(summary(parsed) == entities)
    }

    @Test(arguments: [
        (#"[7]"#, "can't parse MessageEntity: expected an Object"),
        (#"[{}]"#, #"can't parse MessageEntity: Can't find field "offset""#),
        (#"[{"offset":{},"length":1}]"#, #"can't parse MessageEntity: Field "offset" must be of type Number"#),
        (#"[{"offset":0}]"#, #"can't parse MessageEntity: Can't find field "length""#),
        (#"[{"offset":0,"length":1}]"#, #"can't parse MessageEntity: Can't find field "type""#),
        (#"[{"offset":0,"length":1,"type":""}]"#, "can't parse MessageEntity: Type is not specified"),
        (#"[{"offset":0,"length":1,"type":"huge"}]"#, "can't parse MessageEntity: Unsupported type specified"),
        (
            #"[{"offset":0,"length":1,"type":"text_link"}]"#,
            #"can't parse MessageEntity: Can't find field "url""#
        ),
        (
            #"[{"offset":0,"length":1,"type":"text_link","url":"localhost"}]"#,
            "entity URL 'localhost' is invalid: Wrong HTTP URL"
        ),
        (
            #"[{"offset":0,"length":1,"type":"text_mention"}]"#,
            #"can't parse MessageEntity: Can't find field "user""#
        ),
        (#"[{"offset":-1,"length":1,"type":"bold"}]"#, "receive an entity with incorrect offset -1"),
        (#"[{"offset":0,"length":-2,"type":"bold"}]"#, "receive an entity with incorrect length -2"),
        (
            #"[{"offset":9,"length":1,"type":"bold"}]"#,
            "entity begins after the end of the text at UTF-16 offset 9"
        ),
        (
            #"[{"offset":1,"length":9,"type":"bold"}]"#,
            "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 10"
        ),
        (
            #"[{"offset":2,"length":1,"type":"bold"}]"#,
            "entity begins in a middle of a UTF-16 symbol at byte offset 5"
        ),
        (
            #"[{"offset":0,"length":2,"type":"bold"}]"#,
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5"
        ),
    ])
    func `entities with a fault are refused`(list: String, reason: String) {
        #expect(throws: APIError.badRequest(reason)) { try EntitiesArgument.parse(JSONNode(list), of: "a😀bc") }
    }

    @Test(arguments: [("none", "<b>x"), ("", "<b>x"), ("NONE", "<b>x")])
    func `no mode leaves a text as it is`(mode: String, text: String) throws {
        let parsed = try TextArgument.formatted(text, mode: mode, entities: nil)
        #expect(parsed.text == text)
    }

    @Test func `a mode comes before entities, and is not looked at where there is no text`() throws {
        let list = JSONNode(#"[{"type":"huge"}]"#)
        let marked = try TextArgument.formatted("<b>x</b>", mode: "html", entities: list)
        #expect(summary(marked.entities) == ["bold 0+1"])
        let empty = try TextArgument.formatted("", mode: "odd", entities: nil)
        #expect(empty.text.isEmpty)
        #expect(throws: APIError.badRequest("unsupported parse_mode")) {
            try TextArgument.formatted("x", mode: "odd", entities: nil)
        }
    }
}
