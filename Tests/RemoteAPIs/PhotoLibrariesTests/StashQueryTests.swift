import PhotoLibraries
import Testing

@testable import ServiceSimulators

@Suite struct StashQueryTests {
    @Test(arguments: StashQuery.allCases)
    func `each query is valid by Stash's schema`(query: StashQuery) throws {
        let document = try GraphQLParser.document(query.rawValue)
        let mistakes = GraphQLValidator.errors(in: document, against: try GraphQLSchema(StashSchema.source))
        #expect(mistakes.map(\.message) == [])
    }
}
