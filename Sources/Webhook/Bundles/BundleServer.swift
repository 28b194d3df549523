/// A bundle on a server (OPA documentation, "Bundle Service API") and how often it is asked for.
package struct BundleServer: Sendable {
    /// What the bundle is called in logs, metrics and decision events.
    package var name: String
    package var url: String
    /// A file that holds a bearer token.
    package var tokenFile: String?
    /// The time between two requests lies between these two, by chance.
    package var shortestDelay = Duration.seconds(60)
    package var longestDelay = Duration.seconds(120)
    /// How long the server may keep a request until there is something new; zero for plain polling.
    package var longPolling = Duration.zero

    package init(name: String, url: String) {
        self.name = name
        self.url = url
    }
}
