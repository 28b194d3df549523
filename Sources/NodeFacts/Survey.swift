import Text

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension NodeFacts {
    /// Looks at the machine: reads modes, owners, command lines and configuration files, and changes nothing.
    ///
    /// `root` stands before every path, for a mounted file system or a test.
    package static func collect(root: String = "") -> NodeFacts {
        var survey = Survey(root: root)
        survey.findProcesses()
        survey.readConfigurations()
        survey.lookAtFiles()
        return survey.facts
    }
}

/// One pass over a machine.
struct Survey {
    static let fileLimit = 20_000
    static let depthLimit = 16
    static let configurationLimit = 1 << 20

    let root: String
    var facts = NodeFacts(hostname: SystemCalls.hostname, uid: SystemCalls.effectiveUser)
    private var seen: Set<String> = []
    private let users: [UInt32: String]
    private let groups: [UInt32: String]

    init(root: String) {
        self.root = root
        users = Self.accounts(root + "/etc/passwd")
        groups = Self.accounts(root + "/etc/group")
    }

    /// Names by number of a `passwd` or `group` file: both have the name first and the number third.
    private static func accounts(_ path: String) -> [UInt32: String] {
        guard let bytes = try? SystemCalls.contents(path, limit: 1 << 22) else { return [:] }
        var names: [UInt32: String] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard fields.count > 2, let number = UInt32(String(decoding: fields[2], as: UTF8.self)) else { continue }
            if names[number] == nil { names[number] = String(decoding: fields[0], as: UTF8.self) }
        }
        return names
    }

    // MARK: Processes

    mutating func findProcesses() {
        let entries: [String]
        do {
            entries = try SystemCalls.names(in: root + "/proc")
        } catch {
            facts.unreadable.append(NodeFacts.Gap(path: "/proc", error: error.text))
            return
        }
        let numbers = entries.compactMap { Int32($0) }.sorted()
        for number in numbers {
            guard let line = try? SystemCalls.contents("\(root)/proc/\(number)/cmdline", limit: 1 << 20) else { continue }
            if let process = Self.process(number, commandLine: line) { facts.processes.append(process) }
        }
        // With hidepid a user sees processes of their own only.
        if !numbers.contains(1) {
            facts.unreadable.append(NodeFacts.Gap(path: "/proc", error: "processes of other users are hidden"))
        }
    }

    /// The Kubernetes process behind a NUL-separated command line.
    static func process(_ pid: Int32, commandLine: [UInt8]) -> NodeFacts.Process? {
        var words = commandLine.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        if words.last == "" { words.removeLast() }
        // A multi-call binary names the component in its second word.
        for index in words.indices.prefix(2) {
            let name = words[index].split(separator: "/").last.map(String.init) ?? ""
            if HostPaths.components.contains(name) {
                return NodeFacts.Process(name: name, pid: pid, arguments: Array(words[(index + 1)...]))
            }
        }
        return nil
    }

    /// The last value of a flag, as `--name=value` or `--name value`.
    static func flag(_ name: String, of process: NodeFacts.Process) -> String? {
        var found: String?
        for (index, word) in process.arguments.enumerated() where word.hasPrefix("-") {
            let bare = word.drop { $0 == "-" }
            let parts = bare.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts[0].replacing("_", with: "-") == name else { continue }
            if parts.count == 2 {
                found = String(parts[1])
            } else if index + 1 < process.arguments.count, !process.arguments[index + 1].hasPrefix("-") {
                found = process.arguments[index + 1]
            }
        }
        return found.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }

    private func paths(of flags: [String: [String]]) -> [String] {
        var paths: [String] = []
        for process in facts.processes {
            for name in flags[process.name] ?? [] {
                if let path = Self.flag(name, of: process), !paths.contains(path) { paths.append(path) }
            }
        }
        return paths
    }

    // MARK: Configuration

    mutating func readConfigurations() {
        var wanted = paths(of: HostPaths.configurationFlags)
        if !facts.processes.contains(where: { $0.name == "kubelet" }) { wanted.append(HostPaths.kubeletConfiguration) }
        for path in wanted.sorted() {
            do {
                let bytes = try SystemCalls.contents(root + path, limit: Self.configurationLimit + 1)
                guard bytes.count <= Self.configurationLimit else {
                    facts.unreadable.append(NodeFacts.Gap(path: path, error: "larger than \(Self.configurationLimit) bytes"))
                    continue
                }
                facts.configurations.append(NodeFacts.Configuration(path: path, bytes: bytes))
            } catch {
                if !error.isMissing { facts.unreadable.append(NodeFacts.Gap(path: path, error: error.text)) }
            }
        }
    }

    // MARK: Files

    mutating func lookAtFiles() {
        for path in HostPaths.single + paths(of: HostPaths.fileFlags) + clientAuthorities() { look(at: path) }
        for path in HostPaths.trees { walk(path, depth: 0) }
        facts.files.sort { ExactText.precedes($0.path, $1.path) }
    }

    /// The kubelet's client CA bundle, which its configuration file may move.
    private func clientAuthorities() -> [String] {
        facts.configurations.compactMap { configuration in
            for line in String(decoding: configuration.bytes, as: UTF8.self).split(separator: "\n") {
                guard let key = line.firstRange(of: "clientCAFile") else { continue }
                let value = line[key.upperBound...].drop { ":\"' ".contains($0) }.prefix { !"\"' ,}#\r".contains($0) }
                if value.hasPrefix("/") { return String(value) }
            }
            return nil
        }
    }

    @discardableResult
    private mutating func look(at path: String) -> NodeFacts.File? {
        guard seen.insert(path).inserted else { return nil }
        let fact = fact(about: path)
        if let error = fact.error { facts.unreadable.append(NodeFacts.Gap(path: path, error: error)) }
        facts.files.append(fact)
        return fact
    }

    private func fact(about path: String) -> NodeFacts.File {
        do {
            let status = try SystemCalls.status(root + path)
            let digits = String(status.st_mode & 0o7777, radix: 8)
            return NodeFacts.File(
                path: path, exists: true, kind: Self.kind(status.st_mode),
                mode: String(repeating: "0", count: max(0, 4 - digits.count)) + digits, uid: status.st_uid,
                gid: status.st_gid, owner: users[status.st_uid], group: groups[status.st_gid])
        } catch {
            return error.isMissing
                ? NodeFacts.File(path: path, exists: false)
                : NodeFacts.File(path: path, exists: true, error: error.text)
        }
    }

    private static func kind(_ mode: mode_t) -> NodeFacts.File.Kind {
        switch mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        default: .other
        }
    }

    /// Looks at a directory and everything below it; links are looked at but not entered.
    private mutating func walk(_ path: String, depth: Int) {
        guard facts.files.count < Self.fileLimit, depth < Self.depthLimit else {
            facts.unreadable.append(NodeFacts.Gap(path: path, error: "too many files or directories to look at"))
            return
        }
        guard let fact = look(at: path) ?? facts.files.first(where: { $0.path == path }), fact.kind == .directory else {
            return
        }
        if depth > 0, let status = try? SystemCalls.status(root + path, followsLinks: false), status.st_mode & S_IFMT == S_IFLNK {
            return
        }
        do {
            for name in try SystemCalls.names(in: root + path) { walk("\(path)/\(name)", depth: depth + 1) }
        } catch {
            facts.unreadable.append(NodeFacts.Gap(path: path, error: error.text))
        }
    }
}
