public import Support
import Synchronization

/// An HTTP/1.1 server over libmicrohttpd: its threads do the network, handlers are asynchronous.
public final class HTTPServer: Service {
    private struct State {
        var daemon: Daemon?
        var watcher: ClientWatcher?
        var address: BoundAddress?
    }

    /// The name under which the server appears in logs.
    public let name: String
    private let core: ServerCore
    private let state = Mutex(State())

    /// Makes a server that does not listen yet.
    public init(
        _ configuration: Configuration = .init(), name: String = "http", responder: any Responder,
        logger: Logger = .disabled
    ) {
        self.name = name
        core = ServerCore(configuration: configuration, responder: responder, logger: logger)
    }

    /// Makes a server whose requests a closure answers.
    public convenience init(
        _ configuration: Configuration = .init(), name: String = "http", logger: Logger = .disabled,
        handler: @escaping RequestHandler
    ) {
        self.init(configuration, name: name, responder: ClosureResponder(handler), logger: logger)
    }

    /// A server that is dropped while it runs is stopped at once, as nobody could do it any more.
    deinit {
        let left = state.withLock { $0 }
        guard let daemon = left.daemon, let watcher = left.watcher else { return }
        daemon.stopListening()
        core.abortAll()
        OSThread.start(name: "http-stop") {
            daemon.stop()
            watcher.stop()
        }.detach()
    }

    /// Listens, and returns when connections are taken.
    ///
    /// Throws `ServerStartError`, such as for a port in use.
    @discardableResult public func start() async throws -> BoundAddress {
        let configuration = core.configuration
        let core = self.core
        let (socket, address) = try ListeningSocket.open(
            host: configuration.host, port: configuration.port, backlog: 1024)
        // Deadlines are looked at a few times per limit, and not at all without one.
        let limits = [configuration.handlerTimeout, configuration.receiveTimeout].compactMap(\.self)
        let interval = limits.min().map { max(10, min(500, Int32($0.inSeconds * 250))) } ?? -1
        let watcher = try ClientWatcher(sweepInterval: interval) { core.sweep() }
        let daemon = try Daemon(core: core, watcher: watcher, socket: socket)
        watcher.start()
        state.withLock { $0 = State(daemon: daemon, watcher: watcher, address: address) }
        core.logger.info("listening", ["address": .string(address.description)])
        return address
    }

    /// Where the server listens, nil before its start.
    public var address: BoundAddress? { state.withLock { $0.address } }

    /// Starts unless started, serves until asked to stop, and gives requests under way ten seconds to finish.
    public func run(until shutdown: Shutdown) async throws {
        if address == nil { try await start() }
        await shutdown.wait()
        await stop(graceful: .seconds(10))
    }

    /// Takes no more connections, lets requests under way finish for up to `limit`, then closes everything.
    ///
    /// Streams without an end (server-sent events) are ended at once; whatever is cut has its task cancelled.
    public func stop(graceful limit: Duration = .seconds(5)) async {
        let taken = state.withLock { state in
            defer { state = State() }
            return state
        }
        guard let daemon = taken.daemon, let watcher = taken.watcher else { return }
        core.isDraining.store(true, ordering: .sequentiallyConsistent)
        daemon.stopListening()
        core.endEndlessStreams()
        let core = self.core
        await withTaskGroup { group in
            group.addTask { await core.waitUntilIdle() }
            group.addTask {
                do { try await Task.sleep(for: limit) } catch is CancellationError {} catch {
                    core.logger.error("waiting for requests failed", ["error": .string("\(error)")])
                }
            }
            await group.next()
            group.cancelAll()
        }
        core.abortAll()
        await withCheckedContinuation { continuation in
            // Joins the library's threads, which must not block the cooperative pool.
            OSThread.start(name: "http-stop") {
                daemon.stop()
                watcher.stop()
                continuation.resume()
            }.detach()
        }
        core.logger.info("stopped")
    }
}
