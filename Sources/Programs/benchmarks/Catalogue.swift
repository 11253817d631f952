/// All benchmarks in the report's order; a new one is a file of its own and a line here.
///
/// `Network/` measures the I/O layer, `Bots/` decoding, dispatch and a whole bot beside other frameworks,
/// `Process/` memory and start-up, `Libraries/` what becomes of them when a photo library grows.
enum Catalogue {
    static let all: [any Benchmark] = [
        HTTPClientRate(),
        HTTPServerRate(),
        SimulatorRate(),
        DecodeAndDispatch(),
        EchoBot(),
        EchoFloor(),
        BroadcastPace(),
        Footprint(),
        ManyBots(),
        KnownChats(),
        LibraryGrowth(),
    ]
}
