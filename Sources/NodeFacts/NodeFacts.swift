/// What one machine shows of its Kubernetes files and processes to the user who asks.
package struct NodeFacts: Sendable {
    /// One path the benchmark asks about.
    package struct File: Sendable, Equatable {
        package enum Kind: String, Sendable { case file, directory, other }

        package var path: String
        package var exists: Bool
        package var kind: Kind?
        /// Permission bits, as four octal digits.
        package var mode: String?
        package var uid: UInt32?
        package var gid: UInt32?
        package var owner: String?
        package var group: String?
        /// Why nothing is known about the path.
        package var error: String?
    }

    /// One Kubernetes process; `arguments` leaves out the program name.
    package struct Process: Sendable, Equatable {
        package var name: String
        package var pid: Int32
        package var arguments: [String]
    }

    /// A configuration file a process reads, as it stands on disk.
    package struct Configuration: Sendable, Equatable {
        package var path: String
        package var bytes: [UInt8]
    }

    /// A place that could not be seen, and why.
    package struct Gap: Sendable, Equatable {
        package var path: String
        package var error: String
    }

    package var hostname: String
    /// The effective user the facts were collected as: what root sees differs from what others see.
    package var uid: UInt32
    package var files: [File] = []
    package var processes: [Process] = []
    package var configurations: [Configuration] = []
    package var unreadable: [Gap] = []
}
