// swift-tools-version: 6.2
import PackageDescription

// The target list is the architecture: a target imports only layers above it in this file, and of
// its own layer only what is written here. `docs/architecture.md` has the same table in words, and
// `ArchitectureTests` compares the two with the imports in the sources.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// With `QUARTET_FUZZER` naming libFuzzer's archive, libraries are built so that it sees their paths; see `make fuzz`.
let fuzzer = Context.environment["QUARTET_FUZZER"]
let fuzzing: [SwiftSetting] = fuzzer == nil ? [] : [.unsafeFlags(["-sanitize=fuzzer"])]

/// A layer of the package: a folder below `Sources/` whose targets may depend on the layers before it.
enum Layer: String {
    case foundations = "Foundations"
    case io = "IO"
    case remoteAPIs = "RemoteAPIs"
    case kits = "Kits"
    case bots = "Bots"
    case programs = "Programs"
}

func library(
    _ name: String, _ layer: Layer, _ dependencies: [Target.Dependency] = [], plugins: [Target.PluginUsage] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(layer.rawValue)/\(name)",
        swiftSettings: settings + fuzzing,
        // Rounding lives in libm, which otherwise only Foundation would bring.
        linkerSettings: [.linkedLibrary("m")], plugins: plugins)
}

func program(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: path ?? "Sources/Programs/\(name)",
        swiftSettings: settings)
}

func cLibrary(_ name: String, pkgConfig: String? = nil) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig)
}

/// C of our own that only tests use.
func cSupport(_ name: String, path: String, links library: String) -> Target {
    .target(name: name, path: path, linkerSettings: [.linkedLibrary(library)])
}

func tests(
    _ name: String, _ folder: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(folder)/\(name)", exclude: exclude,
        swiftSettings: settings)
}

let package = Package(
    name: "quartet",
    products: [
        .executable(name: "quartet", targets: ["quartet"]),
        .library(name: "BotKit", targets: ["BotKit"]),
        .library(name: "TelegramAPI", targets: ["TelegramAPI"]),
        .library(name: "SQLiteStorage", targets: ["SQLiteStorage"]),
        .library(name: "TelegramSimulator", targets: ["TelegramSimulator"]),
    ],
    targets: [
        // 0 C: modules without Swift, each imported by exactly one target.
        cLibrary("CCurl"),
        cLibrary("CGD"),
        cLibrary("CMicroHTTPD"),
        cLibrary("COpenSSL"),
        cLibrary("CSQLite"),
        cLibrary("CYAML"),
        cLibrary("CZlib"),

        // 1 Foundations: values and pure rules.
        library("JSON", .foundations),
        library("HTTP", .foundations),
        library("Support", .foundations),
        library("Cryptography", .foundations, ["COpenSSL"]),
        library("Configuration", .foundations, ["Support", "CYAML"]),
        library("Markup", .foundations),
        library("Images", .foundations, ["CGD"]),

        // 2 I/O: sockets, files, databases.
        library("HTTPClient", .io, ["HTTP", "Support", "CCurl"]),
        library("HTTPServer", .io, ["HTTP", "Support", "CMicroHTTPD"]),
        library("Storage", .io, ["Support"]),
        library("SQLiteStorage", .io, ["Storage", "Support", "CSQLite"]),

        // 3 Remote APIs: services that others run.
        library("TelegramAPI", .remoteAPIs, ["JSON", "HTTP", "HTTPClient", "Support"]),
        library("PhotoLibraries", .remoteAPIs, ["JSON", "HTTP", "HTTPClient", "Images", "Support"]),

        // 4 Kits: what every bot is made with.
        library("Jobs", .kits, ["Storage", "Support"]),
        library(
            "BotKit", .kits,
            [
                "Cryptography", "JSON", "HTTP", "HTTPClient", "HTTPServer", "Markup", "Jobs", "Storage", "Support",
                "TelegramAPI",
            ]),

        // 5 Bots.
        library(
            "GalleryBot", .bots,
            [
                "BotKit", "Cryptography", "HTTP", "HTTPClient", "HTTPServer", "Images", "JSON", "Jobs", "Markup",
                "PhotoLibraries", "Storage", "Support", "TelegramAPI",
            ]),

        // 6 Programs, and the servers that stand in for remote services.
        library("WebAssets", .programs, ["HTTP", "HTTPServer"], plugins: ["EmbedWebAssets"]),
        program("embed-web-assets", []),
        .plugin(name: "EmbedWebAssets", capability: .buildTool(), dependencies: ["embed-web-assets"]),
        library(
            "TelegramSimulator", .programs,
            [
                "Cryptography", "HTTP", "HTTPClient", "HTTPServer", "Images", "JSON", "Storage", "SQLiteStorage",
                "Support", "WebAssets", "CZlib",
            ]),
        library("ServiceSimulators", .programs, ["HTTP", "HTTPServer", "Images", "JSON", "Support"]),
        program(
            "quartet",
            [
                "BotKit", "Configuration", "GalleryBot", "HTTP", "HTTPClient", "HTTPServer", "Images", "JSON",
                "Jobs", "PhotoLibraries", "SQLiteStorage", "ServiceSimulators", "Storage", "Support", "TelegramAPI",
                "TelegramSimulator", "WebAssets",
            ]),
        program("generate-telegram-api", ["JSON"]),
        program(
            "benchmarks",
            [
                "BotKit", "GalleryBot", "HTTP", "HTTPClient", "HTTPServer", "JSON", "Jobs", "PhotoLibraries",
                "SQLiteStorage", "ServiceSimulators", "Storage", "Support", "TelegramAPI", "TelegramSimulator",
            ]),
        program("first-bot", ["BotKit", "SQLiteStorage"], path: "Examples/first-bot"),

        // Tests mirror the sources.
        tests("JSONTests", "Foundations", ["JSON"]),
        tests("HTTPTests", "Foundations", ["HTTP"]),
        tests("SupportTests", "Foundations", ["Support"]),
        tests("CryptographyTests", "Foundations", ["Cryptography"]),
        tests("ConfigurationTests", "Foundations", ["Configuration", "Support"]),
        tests("MarkupTests", "Foundations", ["Markup"]),
        tests("ImagesTests", "Foundations", ["Images", "Support"]),
        tests("HTTPClientTests", "IO", ["HTTP", "HTTPClient", "HTTPServer", "Support"]),
        tests("HTTPServerTests", "IO", ["HTTP", "HTTPClient", "HTTPServer", "Support"]),
        program(
            "storage-crash-probe", ["SQLiteStorage", "Storage"], path: "Tests/Support/storage-crash-probe"),
        cSupport("PowerLossDisk", path: "Tests/Support/power-loss-disk", links: "sqlite3"),
        program(
            "bot-crash-probe", ["BotKit", "Jobs", "PowerLossDisk", "SQLiteStorage", "Storage", "Support"],
            path: "Tests/Support/bot-crash-probe"),
        tests("StorageTests", "IO", ["SQLiteStorage", "Storage", "Support", "storage-crash-probe"]),
        tests(
            "TelegramAPITests", "RemoteAPIs",
            ["HTTP", "HTTPClient", "HTTPServer", "JSON", "Support", "TelegramAPI", "generate-telegram-api"]),
        tests(
            "PhotoLibrariesTests", "RemoteAPIs",
            ["HTTP", "HTTPClient", "HTTPServer", "Images", "JSON", "PhotoLibraries", "ServiceSimulators", "Support"]),
        tests("JobsTests", "Kits", ["Jobs", "SQLiteStorage", "Storage", "Support"]),
        tests(
            "BotKitTests", "Kits",
            [
                "BotKit", "HTTP", "HTTPClient", "HTTPServer", "JSON", "Jobs", "Markup", "SQLiteStorage", "Storage",
                "Support", "TelegramAPI", "TelegramSimulator", "first-bot",
            ]),
        tests(
            "GalleryBotTests", "Bots",
            [
                "BotKit", "GalleryBot", "HTTP", "HTTPClient", "HTTPServer", "Images", "JSON", "Jobs", "Markup",
                "PhotoLibraries", "SQLiteStorage", "ServiceSimulators", "Storage", "Support", "TelegramAPI",
                "TelegramSimulator",
            ]),
        tests(
            "TelegramSimulatorTests", "Programs",
            [
                "Cryptography", "HTTP", "HTTPClient", "HTTPServer", "Images", "JSON", "Support", "TelegramSimulator",
            ], exclude: ["Peers"]),
        tests(
            "ServiceSimulatorsTests", "Programs",
            ["HTTP", "HTTPClient", "HTTPServer", "Images", "JSON", "ServiceSimulators", "Support"]),
        tests(
            "QuartetTests", "Programs",
            [
                "BotKit", "Configuration", "GalleryBot", "HTTP", "HTTPClient", "HTTPServer", "JSON",
                "ServiceSimulators", "Storage", "Support",
                "TelegramSimulator", "quartet",
            ]),
        tests("ArchitectureTests", "Programs", []),
        tests(
            "EndToEndTests", "Programs",
            [
                "HTTP", "HTTPClient", "HTTPServer", "Images", "JSON", "SQLiteStorage", "ServiceSimulators", "Storage",
                "Support", "TelegramSimulator", "WebAssets", "bot-crash-probe", "quartet",
            ]),
    ]
)

// The parsers that meet bytes from outside: an ordinary test, or one program for libFuzzer.
let fuzzed: [Target.Dependency] = [
    "BotKit", "Configuration", "GalleryBot", "HTTP", "HTTPClient", "HTTPServer", "Images", "JSON", "Markup",
    "ServiceSimulators", "Support", "TelegramAPI", "TelegramSimulator",
]
if let fuzzer {
    package.targets.append(
        .executableTarget(
            name: "fuzz", dependencies: fuzzed, path: "Fuzz", exclude: ["Corpus", "Tests"],
            swiftSettings: settings + fuzzing,
            linkerSettings: [
                // Wherever it stands on the command line.
                .unsafeFlags(["-Xlinker", "--whole-archive", "-Xlinker", fuzzer, "-Xlinker", "--no-whole-archive"]),
                .linkedLibrary("stdc++"),
            ]))
} else {
    package.targets.append(
        .testTarget(
            name: "FuzzTests", dependencies: fuzzed, path: "Fuzz", exclude: ["Corpus", "Driver"],
            swiftSettings: settings))
}
