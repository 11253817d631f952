import Glibc
import HTTP
import HTTPClient

/// The servers and clients of others that ours are measured beside.
enum Peers {
    /// The Python of the virtual environment that `scripts/peers.sh` makes.
    static let python = ".build/peers/bin/python"

    /// A server that is ready to answer, at its URL.
    struct Server {
        let url: String
        let process: ChildProcess
    }

    /// aiohttp as a server.
    static func aiohttpServer() async throws -> Server {
        try await start { [python, "scripts/peers/aiohttp_server.py", "\($0)"] }
    }

    /// libmicrohttpd without anything of ours, compiled on the spot.
    static func microhttpdServer() async throws -> Server {
        let program = ".build/peers/microhttpd_server"
        _ = try await ChildProcess.run([
            "cc", "-O2", "-o", program, "scripts/peers/microhttpd_server.c", "-lmicrohttpd",
        ])
        return try await start { [program, "\($0)"] }
    }

    private static func start(_ arguments: (Int) -> [String]) async throws -> Server {
        let port = freePort()
        let url = "http://127.0.0.1:\(port)/"
        let process = try ChildProcess(arguments(port))
        do {
            try await untilAnswered(url, every: .milliseconds(20))
        } catch {
            process.stop()
            throw error
        }
        return Server(url: url, process: process)
    }

    /// Returns when a server answers well.
    static func untilAnswered(_ url: String, every pause: Duration) async throws {
        let client = HTTPClient()
        defer { Task { await client.stop() } }
        let end = ContinuousClock.now.advanced(by: .seconds(30))
        while ContinuousClock.now < end {
            do throws(HTTPClientError) {
                if try await client.send(ClientRequest(url)).status.isSuccess { return }
            } catch {
                // Not up yet: a program of others gives no other sign.
            }
            try await Task.sleep(for: pause)
        }
        throw BenchmarkFailure("\(url) does not answer")
    }

    /// What stands behind a word on the next line that a program prints.
    static func value(after word: String, from process: ChildProcess) async throws -> String {
        let line = try await process.nextLine(within: .seconds(110)) ?? "nothing more"
        guard line.hasPrefix(word) else { throw BenchmarkFailure("\(word) was expected, not: \(line)") }
        return String(line.dropFirst(word.count + 1))
    }

    /// Runs a program that prints a number and nothing else.
    static func figure(_ arguments: [String]) async throws -> Double {
        let output = try await ChildProcess.run(arguments)
        guard let figure = Double(output.filter { !$0.isWhitespace }) else {
            throw BenchmarkFailure("\(arguments.joined(separator: " ")) printed no figure: \(output)")
        }
        return figure
    }

    /// wrk's requests a second.
    static func wrk(
        _ url: String, _ settings: RunSettings, options: [String] = [], arguments: [String] = []
    ) async throws -> Double {
        let output = try await ChildProcess.run(
            ["wrk", "-t", "2", "-c", "\(settings.inFlight)", "-d", "\(settings.seconds)s"] + options + [url]
                + (arguments.isEmpty ? [] : ["--"] + arguments))
        guard !output.contains("Non-2xx") else { throw BenchmarkFailure("calls were refused: \(output)") }
        for line in output.split(separator: "\n") where line.hasPrefix("Requests/sec:") {
            let figure = line.dropFirst("Requests/sec:".count).filter { $0 != " " }
            if let rate = Double(figure) { return rate }
        }
        throw BenchmarkFailure("wrk printed no rate: \(output)")
    }

    /// The requests a second of aiohttp as a client.
    static func aiohttpClient(_ url: String, _ settings: RunSettings) async throws -> Double {
        try await figure([
            python, "scripts/peers/aiohttp_client.py", url, "\(settings.seconds)", "\(settings.inFlight)",
        ])
    }

    /// A port that was free a moment ago.
    static func freePort() -> Int {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = unsafe bind(descriptor, address, length)
                _ = unsafe getsockname(descriptor, address, &length)
            }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
