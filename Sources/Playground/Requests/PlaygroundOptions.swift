/// How `lintel playground` is started.
package struct PlaygroundOptions: Sendable {
    package var host = "127.0.0.1"
    package var port = 8181
    /// Names besides `localhost` under which the server is reached.
    package var names: [String] = []
    /// Files and folders whose policies the page starts with.
    package var policies: [String] = []
    /// The folder that is opened and saved to.
    package var workspace: String?
    package var isReadOnly = false
    package var limits = PlaygroundLimits()
    /// The version that the page shows.
    package var version = ""
    /// Nanoseconds since 1970-01-01 UTC, for policies that ask for the time.
    package var now: @Sendable () -> Int64 = { 0 }

    package init() {}
}
