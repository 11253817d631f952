import FoundationEssentials
import HTTP
import HTTPServer
import ServiceSimulators
import Support
import TelegramSimulator
import Testing

/// The words of `quartet check` about each source and each thing that can be wrong with it.
@Suite(.timeLimit(.minutes(3))) struct CheckTests {
    private static let token = "7001:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    /// Runs `quartet check` beside a simulated Telegram; returns the code and the lines about the library.
    private func check(_ variables: [String: String]) async throws -> (code: Int32, library: String) {
        var world = TelegramSimulator.Configuration(seed: 7)
        world.bots = [.init(token: Secret(Self.token), name: "Gallery", username: "gallery_bot")]
        let telegram = TelegramSimulator(configuration: world)
        let address = try await telegram.start()
        let result: Result<(code: Int32, output: String, errors: String), any Error>
        do {
            result = .success(
                try await withTemporaryFolder { folder in
                    try await run(
                        ["check"], in: folder,
                        variables: [
                            "TELEGRAM_BOT_TOKEN": Self.token, "QUARTET_GALLERY_TELEGRAM_ALLOWED_USER_IDS": "1",
                            "TELEGRAM_API_URL": address.url,
                        ].merging(variables) { $1 })
                })
        } catch {
            result = .failure(error)
        }
        await telegram.stop()
        let (code, output, errors) = try result.get()
        #expect(errors == "")
        let head = """
            ok    configuration: no file, the environment alone
            ok    owners: 1
            ok    database gallery: data/gallery.db is made at the first start
            ok    telegram: @gallery_bot (Gallery)

            """
        #expect(output.hasPrefix(head), "\(output)")
        #expect(!output.contains("very-secret-key"))
        return (code, String(output.dropFirst(head.count)))
    }

    /// The lines with the one varying port written as PORT.
    private func check(_ variables: [String: String], port: Int) async throws -> (code: Int32, library: String) {
        let (code, library) = try await check(variables)
        return (code, library.replacing(String(port), with: "PORT"))
    }

    // MARK: Stash

    private func stash(
        _ fault: StashSimulator.Fault = .none, key: String? = "very-secret-key",
        _ change: @Sendable (inout StashLibrary) -> Void = { _ in }
    ) async throws -> (code: Int32, library: String) {
        let stash = try StashSimulator(
            library: .samples(modified: Timestamp(seconds: 1_700_000_000)), apiKey: "very-secret-key")
        stash.update(change)
        stash.setFault(fault)
        let port = try await stash.start().port
        let result: Result<(code: Int32, library: String), any Error>
        do {
            let key = key.map { ["STASH_API_KEY": $0] } ?? [:]
            result = .success(
                try await check(["STASH_URL": "http://127.0.0.1:\(port)"].merging(key) { $1 }, port: port))
        } catch {
            result = .failure(error)
        }
        await stash.stop()
        return try result.get()
    }

    @Test func `a Stash in order`() async throws {
        let (code, library) = try await stash()
        #expect(code == 0)
        #expect(
            library == """
                ok    stash address: http://127.0.0.1:PORT answers
                ok    stash key: accepted
                ok    stash version: v0.31.1
                ok    stash rights: reads
                ok    stash photos: 12
                """)
    }

    @Test(
        arguments: [
            (
                .badGateway,
                """
                FAIL  stash address: http://127.0.0.1:PORT answers with HTTP 502
                      → a proxy answers, Stash behind it does not; start it, or look into its log
                """
            ),
            (
                .exposed,
                """
                FAIL  stash address: Stash has closed itself because it stood open to the internet
                      → set a user name and a password in Stash's security settings, then restart it
                """
            ),
            (
                .cut,
                """
                FAIL  stash address: 127.0.0.1 hangs up without an answer
                      → is gallery.stash.api_url a web address?
                """
            ),
            (
                .loginRedirect,
                """
                FAIL  stash address: http://127.0.0.1:PORT sends on to another page
                      → a log-in stands in front of Stash; let requests pass it by
                """
            ),
            (
                .loginPage,
                """
                FAIL  stash address: http://127.0.0.1:PORT answers with a web page that is not Stash's
                      → is gallery.stash.api_url right, and is there a log-in in front of Stash?
                """
            ),
            (
                .setup,
                """
                ok    stash address: http://127.0.0.1:PORT answers
                FAIL  stash state: Stash is not set up yet
                      → open Stash in a browser and go through its first steps
                """
            ),
            (
                .needsMigration,
                """
                ok    stash address: http://127.0.0.1:PORT answers
                FAIL  stash state: Stash wants its database migrated
                      → make a backup, then open Stash in a browser and let it migrate
                """
            ),
            (
                .otherSchema,
                """
                ok    stash address: http://127.0.0.1:PORT answers
                FAIL  stash version: it does not understand: Cannot query field "visual_files" on type "Image".
                      → update Stash to v0.27 or newer
                """
            ),
        ] as [(StashSimulator.Fault, String)])
    func `a Stash with something wrong`(_ fault: StashSimulator.Fault, _ expected: String) async throws {
        let (code, library) = try await stash(fault)
        #expect(code == 1)
        #expect(library == expected)
    }

    @Test func `a Stash with another key, none, an old version, no pictures`() async throws {
        let wrong = try await stash(key: "very-secret-key-of-another")
        #expect(
            wrong.library == """
                ok    stash address: http://127.0.0.1:PORT answers
                FAIL  stash key: Stash refuses it
                      → copy the key anew from Stash (Settings, Security) into gallery.stash.api_key
                """)
        let none = try await stash(key: nil)
        #expect(
            none.library == """
                ok    stash address: http://127.0.0.1:PORT answers
                FAIL  stash key: Stash wants one
                      → make one in Stash (Settings, Security) and set gallery.stash.api_key
                """)
        let old = try await stash { $0.version = "v0.26.2" }
        #expect(
            old.library == """
                ok    stash address: http://127.0.0.1:PORT answers
                ok    stash key: accepted
                FAIL  stash version: v0.26.2 is too old
                      → update Stash to v0.27 or newer
                ok    stash rights: reads
                ok    stash photos: 12
                """)
        let empty = try await stash { $0.images = [] }
        #expect(
            empty.library == """
                ok    stash address: http://127.0.0.1:PORT answers
                ok    stash key: accepted
                ok    stash version: v0.31.1
                ok    stash rights: reads
                FAIL  stash photos: none
                      → let Stash scan a folder with pictures: Settings, Tasks, Scan
                """)
        #expect([wrong.code, none.code, old.code, empty.code] == [1, 1, 1, 1])
    }

    // MARK: Immich

    private static let needed: Set<String> = ["asset.read", "asset.view", "asset.download"]

    private func immich(
        _ fault: ImmichSimulator.Fault = .none, permissions: Set<String> = ["all"],
        version: ImmichSimulator.Version = (2, 7, 5), key: String = "very-secret-key", store: ImmichStore? = nil
    ) async throws -> (code: Int32, library: String) {
        let immich = ImmichSimulator(
            store: try store ?? .samples(), keys: [.init("very-secret-key", permissions: permissions)],
            version: version)
        immich.setFault(fault)
        let port = try await immich.start().port
        let result: Result<(code: Int32, library: String), any Error>
        do {
            result = .success(
                try await check(["IMMICH_URL": "http://127.0.0.1:\(port)", "IMMICH_API_KEY": key], port: port))
        } catch {
            result = .failure(error)
        }
        await immich.stop()
        return try result.get()
    }

    @Test(arguments: [(2, 7, 5), (3, 1, 0)] as [ImmichSimulator.Version])
    func `an Immich in order`(version: ImmichSimulator.Version) async throws {
        let (code, library) = try await immich(version: version)
        #expect(code == 0)
        #expect(
            library == """
                ok    immich address: http://127.0.0.1:PORT answers
                ok    immich version: v\(version.major).\(version.minor).\(version.patch)
                ok    immich key: accepted
                ok    immich rights: asset.read, asset.view, asset.download, asset.statistics, album.read, tag.read
                ok    immich photos: 12
                """)
    }

    @Test(
        arguments: [
            (
                .badGateway,
                """
                FAIL  immich address: http://127.0.0.1:PORT answers with HTTP 502
                      → a proxy answers, Immich behind it does not; start it, or look into its log
                """
            ),
            (
                .loginRedirect,
                """
                FAIL  immich address: http://127.0.0.1:PORT sends on to another page
                      → a log-in stands in front of Immich; let requests pass it by
                """
            ),
            (
                .loginPage,
                """
                FAIL  immich address: http://127.0.0.1:PORT answers with a web page that is not Immich's
                      → is gallery.immich.url right, and is there a log-in in front of Immich?
                """
            ),
            (
                .brokenDatabase,
                """
                ok    immich address: http://127.0.0.1:PORT answers
                ok    immich version: v2.7.5
                FAIL  immich key: HTTP 500
                      → look into the server's log, and try again
                """
            ),
        ] as [(ImmichSimulator.Fault, String)])
    func `an Immich with something wrong`(_ fault: ImmichSimulator.Fault, _ expected: String) async throws {
        let (code, library) = try await immich(fault)
        #expect(code == 1)
        #expect(library == expected)
    }

    @Test func `an Immich with another key, too few rights, an old version, no pictures`() async throws {
        let wrong = try await immich(key: "very-secret-key-of-another")
        #expect(
            wrong.library == """
                ok    immich address: http://127.0.0.1:PORT answers
                ok    immich version: v2.7.5
                FAIL  immich key: Immich refuses it
                      → make one in Immich (Account Settings, API Keys) and set gallery.immich.api_key
                """)
        let poor = try await immich(permissions: ["asset.read"])
        #expect(
            poor.library == """
                ok    immich address: http://127.0.0.1:PORT answers
                ok    immich version: v2.7.5
                ok    immich key: accepted
                FAIL  immich rights: the key lacks asset.view, asset.download
                      → grant the key these in Immich (Account Settings, API Keys)
                ok    immich photos: 12
                """)
        let old = try await immich(version: (1, 132, 3))
        #expect(
            old.library == """
                ok    immich address: http://127.0.0.1:PORT answers
                FAIL  immich version: v1.132.3 is too old
                      → update Immich to v2.0.0 or newer
                """)
        let empty = try await immich(store: ImmichStore())
        #expect(
            empty.library == """
                ok    immich address: http://127.0.0.1:PORT answers
                ok    immich version: v2.7.5
                ok    immich key: accepted
                ok    immich rights: asset.read, asset.view, asset.download, asset.statistics, album.read, tag.read
                FAIL  immich photos: none in the timeline
                      → upload pictures, or use a key of the account that has them
                """)
        #expect([wrong.code, poor.code, old.code, empty.code] == [1, 1, 1, 1])
    }

    @Test func `an Immich key with what is needed is enough, and what it costs is said`() async throws {
        let (code, library) = try await immich(permissions: Self.needed)
        #expect(code == 0)
        #expect(
            library == """
                ok    immich address: http://127.0.0.1:PORT answers
                ok    immich version: v2.7.5
                ok    immich key: accepted
                ok    immich rights: asset.read, asset.view, asset.download; no galleries without album.read; no tags \
                without tag.read
                ok    immich photos: 12
                """)
    }

    @Test func `where votes are written, the right to write is looked for`() async throws {
        let immich = ImmichSimulator(store: try .samples(), keys: [.init("very-secret-key", permissions: Self.needed)])
        let stash = try StashSimulator(
            library: .samples(modified: Timestamp(seconds: 1_700_000_000)), apiKey: "very-secret-key")
        let ports = (try await immich.start().port, try await stash.start().port)
        let writing = ["QUARTET_GALLERY_VOTES_WRITE_RATING": "true"]
        let result: Result<[(code: Int32, library: String)], any Error>
        do {
            result = .success([
                try await check(
                    ["IMMICH_URL": "http://127.0.0.1:\(ports.0)", "IMMICH_API_KEY": "very-secret-key"]
                        .merging(writing) { $1 }, port: ports.0),
                try await check(
                    ["STASH_URL": "http://127.0.0.1:\(ports.1)", "STASH_API_KEY": "very-secret-key"]
                        .merging(writing) { $1 }, port: ports.1),
            ])
        } catch {
            result = .failure(error)
        }
        await immich.stop()
        await stash.stop()
        let checks = try result.get()
        #expect(checks.map(\.code) == [1, 0])
        #expect(
            checks[0].library.contains("FAIL  immich rights: the key lacks asset.update\n      → grant the key this"))
        #expect(checks[1].library.contains("ok    stash rights: reads, and writes votes\n"))
        #expect(immich.store.assets.map(\.rating) == (try ImmichStore.samples().assets.map(\.rating)))
    }

    // MARK: Addresses

    @Test(arguments: [
        (["STASH_URL": "http://127.0.0.1:1"], "stash", "gallery.stash.api_url", "Stash", "9999"),
        (
            ["IMMICH_URL": "http://127.0.0.1:1", "IMMICH_API_KEY": "very-secret-key"], "immich", "gallery.immich.url",
            "Immich", "2283"
        ),
    ])
    func `nobody listens`(
        _ variables: [String: String], _ kind: String, _ option: String, _ server: String, _ port: String
    ) async throws {
        let (code, library) = try await check(variables)
        #expect(code == 1)
        #expect(
            library == """
                FAIL  \(kind) address: no connection to 127.0.0.1, port 1: Connection refused
                      → start \(server), or correct the port in \(option); \(server) listens on \(port) unless told otherwise
                """)
    }

    @Test func `a name that nobody has`() async throws {
        let (code, library) = try await check(["STASH_URL": "http://stash.invalid:9999"])
        #expect(code == 1)
        #expect(
            library == """
                FAIL  stash address: stash.invalid has no address
                      → correct the name in gallery.stash.api_url; in a container, names of other machines may be unknown
                """)
    }

    @Test func `a server without a certificate, and another server than the one meant`() async throws {
        let immich = ImmichSimulator(store: ImmichStore(), keys: [.init("k")])
        let port = try await immich.start().port
        let result: Result<[(code: Int32, library: String)], any Error>
        do {
            result = .success([
                try await check(["STASH_URL": "https://127.0.0.1:\(port)"], port: port),
                try await check(["STASH_URL": "http://127.0.0.1:\(port)"], port: port),
            ])
        } catch {
            result = .failure(error)
        }
        await immich.stop()
        let checks = try result.get()
        #expect(checks.map(\.code) == [1, 1])
        let lines = checks[0].library.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("FAIL  stash address: no secure connection to 127.0.0.1: ") == true)
        #expect(
            lines.last == """
                      → write http:// in gallery.stash.api_url if Stash has no certificate, else give it one that this \
                machine trusts
                """)
        #expect(
            checks[1].library == """
                FAIL  stash address: http://127.0.0.1:PORT answers with a web page that is not Stash's
                      → is gallery.stash.api_url right, and is there a log-in in front of Stash?
                """)
    }

    // MARK: Folder

    @Test func `a folder with pictures, without any, and none at all`() async throws {
        try await withTemporaryFolder { folder in
            let empty = try await check(["PHOTOS": folder])
            #expect(empty.code == 1)
            #expect(
                empty.library == """
                    ok    folder path: \(folder)
                    FAIL  folder photos: none
                          → put pictures into it, or set gallery.folder.path to another folder
                    """)
            try Data("x".utf8).write(to: URL(filePath: "\(folder)/a.jpg"))
            let full = try await check(["PHOTOS": folder])
            #expect(full.code == 0)
            #expect(full.library == "ok    folder path: \(folder)\nok    folder photos: 1")
        }
        let gone = try await check(["PHOTOS": "/nonexistent/pictures"])
        #expect(gone.code == 1)
        #expect(
            gone.library == """
                FAIL  folder path: /nonexistent/pictures: No such file or directory
                      → correct gallery.folder.path, or mount the disk that has it
                """)
        let file = try await check(["PHOTOS": "/etc/passwd"])
        #expect(
            file.library == """
                FAIL  folder path: /etc/passwd: Not a directory
                      → gallery.folder.path must name a folder
                """)
    }
}
