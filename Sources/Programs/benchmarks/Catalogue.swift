/// All benchmarks in the report's order; a new one is a file of its own and a line here.
///
/// `Network/` measures the I/O layer; decoding, dispatch and a whole bot beside other frameworks belong
/// into `Bots/`, memory and start-up into `Process/`.
enum Catalogue {
    static let all: [any Benchmark] = [
        HTTPClientRate(),
        HTTPServerRate(),
    ]
}
