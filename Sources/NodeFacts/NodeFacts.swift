/// What one machine shows of its Kubernetes files and processes to the user who asks.
public struct NodeFacts: Sendable {
    /// One path the benchmark asks about.
    public struct File: Sendable, Equatable {
        public enum Kind: String, Sendable { case file, directory, other }

        public var path: String
        public var exists: Bool
        public var kind: Kind?
        /// Permission bits, as four octal digits.
        public var mode: String?
        public var uid: UInt32?
        public var gid: UInt32?
        public var owner: String?
        public var group: String?
        /// Why nothing is known about the path.
        public var error: String?
    }

    /// One Kubernetes process; `arguments` leaves out the program name.
    public struct Process: Sendable, Equatable {
        public var name: String
        public var pid: Int32
        public var arguments: [String]
    }

    /// A configuration file a process reads, as it stands on disk.
    public struct Configuration: Sendable, Equatable {
        public var path: String
        public var bytes: [UInt8]
    }

    /// A place that could not be seen, and why.
    public struct Gap: Sendable, Equatable {
        public var path: String
        public var error: String
    }

    public var hostname: String
    /// The effective user the facts were collected as: what root sees differs from what others see.
    public var uid: UInt32
    public var files: [File] = []
    public var processes: [Process] = []
    public var configurations: [Configuration] = []
    public var unreadable: [Gap] = []
}
