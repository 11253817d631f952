import Testing

@testable import ServiceSimulators

@Suite struct GraphQLValidatorTests {
    private func complaints(_ text: String) throws -> [String] {
        let schema = try GraphQLSchema(StashSchema.source)
        return GraphQLValidator.errors(in: try GraphQLParser.document(text), against: schema).map(\.message)
    }

    @Test(arguments: [
        "{ version { version } }",
        "query Pick($f: ImageFilterType, $p: Int = 25) { findImages(image_filter: $f, filter: {per_page: $p, sort: \"id\"}) { count images { id } } }",
        "{ findImages(ids: [\"1\", 2]) { images { ...Card } } } fragment Card on Image { id title visual_files { __typename ... on ImageFile { width height } ... on BaseFile { basename } } }",
        "{ findImages(image_filter: {AND: {galleries: {modifier: EXCLUDES, value: [\"3\"]}}, rating100: {modifier: GREATER_THAN, value: 79}}) { count } }",
        "mutation Rate($id: ID!) { imageUpdate(input: {id: $id, rating100: 100}) { id rating100 } }",
        "{ a: findImage(id: 1) { id } b: findImage(id: \"2\") { paths { image } } } # comment",
    ])
    func `a query that Stash takes is taken`(text: String) throws {
        #expect(try complaints(text) == [])
    }

    @Test(arguments: [
        (
            "query FindRandomImage($excludeIds: [ID!]) { findImages(image_filter: {id: {modifier: NOT_EQUALS, value: $excludeIds}}) { count } }",
            "Variable \"$excludeIds\" of type \"[ID!]\" used in position expecting type \"Int!\"."
        ),
        ("{ findImages { images { rating } } }", "Cannot query field \"rating\" on type \"Image\"."),
        (
            "{ findImages { images } }",
            "Field \"images\" of type \"[Image!]!\" must have a selection of subfields."
        ),
        (
            "{ findImages { count { x } } }",
            "Field \"count\" must not have a selection since type \"Int!\" has no subfields."
        ),
        ("{ findImages(limit: 3) { count } }", "Unknown argument \"limit\" on field \"Query.findImages\"."),
        (
            "{ findGallery { id } }",
            "Field \"findGallery\" argument \"id\" of type \"ID!\" is required, but it was not provided."
        ),
        (
            "{ findImages(image_filter: {colour: {value: 1}}) { count } }",
            "Field \"colour\" is not defined by type \"ImageFilterType\"."
        ),
        (
            "{ findImages(image_filter: {rating100: {value: 1}}) { count } }",
            "Field \"IntCriterionInput.modifier\" of required type \"CriterionModifier!\" was not provided."
        ),
        (
            "{ findImages(image_filter: {rating100: {value: 1, modifier: AT_LEAST}}) { count } }",
            "Value \"AT_LEAST\" does not exist in \"CriterionModifier\" enum."
        ),
        (
            "{ findImages(filter: {per_page: \"ten\"}) { count } }", "Int cannot represent value: \"ten\""
        ),
        ("query ($x: Int) { version { version } }", "Variable \"$x\" is never used."),
        ("{ findImages(filter: {page: $page}) { count } }", "Variable \"$page\" is not defined."),
        ("{ findImages { ...Card } }", "Unknown fragment \"Card\"."),
        (
            "{ findImages { images { ... on Tag { id } } } }",
            "Fragment cannot be spread here as objects of type \"Image\" can never be of type \"Tag\"."
        ),
    ])
    func `a query that Stash refuses is refused in its words`(text: String, message: String) throws {
        #expect(try complaints(text) == [message])
    }

    @Test(arguments: ["", "{", "{ a(", "query { }", "{ a \"", "{ a(b: ) }", "subscription { x }", "{ . }"])
    func `a text that is no document is a parse error with its place`(text: String) throws {
        let error = #expect(throws: GraphQLError.self) { try GraphQLParser.document(text) }
        #expect(error?.code == "GRAPHQL_PARSE_FAILED")
        #expect(error?.locations.count == 1)
    }
}
