/// A file of a bundle before anything is made of it.
public struct BundleFile: Sendable, Hashable {
    /// Below the bundle's root, without a leading slash: `authz/policy.rego`.
    public var path: String
    public var bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The last part of the path.
    var name: Substring { path.split(separator: "/").last ?? "" }

    /// Where a data file's contents stand below `data`.
    var folders: [String] { path.split(separator: "/").dropLast().map(String.init) }

    /// Whether the file is data: only these names are (OPA documentation, "Bundle File Format").
    public var isData: Bool { ["data.json", "data.yaml", "data.yml"].contains(name) }
    public var isModule: Bool { name.hasSuffix(".rego") }
    public var isManifest: Bool { path == ".manifest" }
    public var isSignature: Bool { path == ".signatures.json" }
}

/// Why a bundle cannot be used.
public struct BundleProblem: Error, Sendable, Hashable {
    /// In words that follow "cannot read the bundle NAME: ".
    public var message: String

    public init(_ message: String) { self.message = message }
}

/// Bounds on what a bundle may hold, so that no archive costs unbounded memory.
public struct BundleLimits: Sendable {
    /// Bytes of all files together, unpacked.
    public var size = 256 << 20
    /// Bytes of one file.
    public var fileSize = 64 << 20
    /// Files and folders.
    public var files = 50_000
    /// Bytes of a path.
    public var pathLength = 4096

    public init() {}
}
