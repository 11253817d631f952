import Configuration
import GalleryBot
import HTTP
import HTTPClient
import PhotoLibraries
import Support

/// Makes the library that the settings name.
enum PhotoSource {
    static func library(_ source: GalleryPlan.Source, http: HTTPClient) throws -> any InspectableLibrary {
        switch source {
        case .folder(let path): return FolderLibrary(path: path)
        case .stash(let url, let key):
            return StashLibraryClient(base: try address(url, Options.Gallery.stashURL.key), key: key, http: http)
        case .immich(let url, let key):
            return ImmichLibraryClient(base: try address(url, Options.Gallery.immichURL.key), key: key, http: http)
        }
    }

    /// What an inspection goes by, in the owner's words.
    static func expectations(_ plan: GalleryPlan) -> LibraryExpectations {
        typealias Keys = Options.Gallery
        let isWritten = plan.votes.writesRating || plan.votes.marksOrganized
        return switch plan.source {
        case .folder: LibraryExpectations(addressName: Keys.folder.key)
        case .stash:
            LibraryExpectations(addressName: Keys.stashURL.key, keyName: Keys.stashKey.key, isWritten: isWritten)
        case .immich:
            LibraryExpectations(addressName: Keys.immichURL.key, keyName: Keys.immichKey.key, isWritten: isWritten)
        }
    }

    private static func address(_ url: String, _ key: String) throws(ConfigurationError) -> HTTPURL {
        guard let base = HTTPURL(url) else {
            throw ConfigurationError(problems: [
                ConfigurationProblem(place: .combination, key: key, message: "“\(url)” is no web address")
            ])
        }
        return base
    }

    /// A probe that asks the library how it is.
    static func probe(_ library: any PhotoLibrary) -> HealthProbe {
        HealthProbe(name: library.kind) {
            let status = try await library.status()
            return "\(status.count) pictures" + (status.version.map { ", version \($0)" } ?? "")
        }
    }
}
