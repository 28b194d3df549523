/// A bundle on a server (OPA documentation, "Bundle Service API") and how often it is asked for.
public struct BundleServer: Sendable {
    /// What the bundle is called in logs, metrics and decision events.
    public var name: String
    public var url: String
    /// A file that holds a bearer token.
    public var tokenFile: String?
    /// The time between two requests lies between these two, by chance.
    public var shortestDelay = Duration.seconds(60)
    public var longestDelay = Duration.seconds(120)
    /// How long the server may keep a request until there is something new; zero for plain polling.
    public var longPolling = Duration.zero

    public init(name: String, url: String) {
        self.name = name
        self.url = url
    }
}
