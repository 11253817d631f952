package import HTTPServer
internal import PhotoLibraries
internal import Storage
internal import Support

/// The sign-in and the data of the owner's page.
///
/// The files of the page are the program's to serve.
package struct OwnerWeb: Sendable {
    /// Where the page lies on its server; everything of it is below.
    package static let path = "/gallery/"

    let access: WebAccess
    let overview: OverviewRoutes
    let pauses: PauseRoutes
    /// The names under which the page is reached, besides those of this machine.
    let hosts: Set<String>
    let logger: Logger

    /// Adds the routes below `/gallery/api/`.
    package func register(in router: inout Router) {
        let login = LoginRoutes(access: access, logger: logger)
        router.group("/gallery/api", middleware: [WebGuard(hosts: hosts)]) { api in
            login.register(in: &api)
            api.group("", middleware: [SessionGate(access: access)]) { signed in
                login.registerSigned(in: &signed)
                overview.register(in: &signed)
                pauses.register(in: &signed)
            }
        }
    }
}
