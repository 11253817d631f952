@testable import ServiceSimulators

extension FuzzTarget {
    static let services = [
        FuzzTarget("graphql") { bytes in
            guard bytes.count < 4096 else { return }
            _ = try? GraphQLParser.document(text(bytes))
        }
    ]
}
