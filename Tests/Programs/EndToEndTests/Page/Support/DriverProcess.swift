import Glibc
import Support

/// The `chromedriver` program, which starts and ends the browser.
final class DriverProcess: Sendable {
    private let identifier: pid_t
    let port: Int

    private init(identifier: pid_t, port: Int) {
        self.identifier = identifier
        self.port = port
    }

    /// Starts it on a free port, which it names on its standard output.
    ///
    /// It takes a free port for IPv4 and gives up where the same number is taken for IPv6; then it is asked again.
    static func start() async throws -> DriverProcess {
        for _ in 0..<5 {
            let (identifier, output) = try spawn()
            let port = await withCheckedContinuation { continuation in
                OSThread.start(name: "driver-output") { continuation.resume(returning: readPort(output)) }.detach()
            }
            let process = DriverProcess(identifier: identifier, port: port ?? 0)
            if port != nil { return process }
            await process.stop()
        }
        throw WebDriver.Failure(description: "chromedriver did not start. \(advice)")
    }

    private static let advice = "Install Chromium: apt-get install -y chromium chromium-driver"

    /// Ends the driver and everything it started.
    func stop() async {
        let identifier = identifier
        await withCheckedContinuation { continuation in
            OSThread.start(name: "driver-end") {
                // The browser has ended with its session, and the driver may have inherited a mask of signals.
                kill(-identifier, SIGKILL)
                var status: CInt = 0
                while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
                continuation.resume()
            }.detach()
        }
    }

    private static func spawn() throws -> (pid_t, CInt) {
        let output = try ChildPipe()
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_RDWR, 0)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // A group of its own, so that the browser ends with it.
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let arguments = ["chromedriver", "--port=0"]
        var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
        defer { unsafe words.forEach { unsafe free($0) } }
        unsafe words.append(nil)
        var identifier = pid_t()
        let code = unsafe posix_spawnp(&identifier, "chromedriver", &actions, &attributes, words, environ)
        close(output.writing)
        guard code == 0 else {
            close(output.reading)
            throw WebDriver.Failure(description: "There is no chromedriver. \(advice)")
        }
        return (identifier, output.reading)
    }

    /// Reads until "… was started successfully on port N." and then takes what follows, so that the pipe never fills.
    private static func readPort(_ descriptor: CInt) -> Int? {
        var text = ""
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                close(descriptor)
                return nil
            }
            text += String(decoding: chunk[..<count], as: UTF8.self)
            if let match = text.firstMatch(of: /successfully on port (\d+)/) {
                OSThread.start(name: "driver-drain") { drain(descriptor) }.detach()
                return Int(match.1)
            }
        }
    }

    private static func drain(_ descriptor: CInt) {
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(descriptor, &chunk, chunk.count)
            if count == 0 || (count < 0 && errno != EINTR) { break }
        }
        close(descriptor)
    }
}
