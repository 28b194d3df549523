package import Diagnostics
import Documents
import Inputs

/// Reads `lintel.yaml`; its JSON Schema is made by `ConfigurationSchema`.
package struct ConfigurationReader {
    /// The top-level keys.
    package static let keys = [
        "extends", "profile", "policies", "include", "exclude", "overrides", "kubernetesVersion", "podSecurityVersion", "failOn",
        "failOnSkip", "skip", "severity", "parameters",
        "admission",
        "schemas", "missingSchemas", "maxFindings",
        "workloads", "existing", "charts", "values", "repositories", "exceptions", "noExceptions", "inlineExceptions",
        "foreignExceptions",
    ]

    let document: Document
    let policies: [Policy]
    var configuration: Configuration
    var problems: [Diagnostic] = []
    /// Whether the file is in a folder below that of the configuration of the run.
    private(set) var isLocal = false
    /// Whether other files may be read, those that it extends.
    private(set) var readsFiles = true

    /// The configuration in a file, or the problems that make it unusable.
    ///
    /// - Parameter isLocal: whether it is in a folder below that of the configuration of the run, so that it is about the files
    ///   of its folder only.
    package static func read(
        _ path: String, policies: [Policy], isLocal: Bool = false
    ) -> (configuration: Configuration, problems: [Diagnostic]) {
        read(path, policies: policies, extending: Configuration(), readers: [], isLocal: isLocal)
    }

    /// - Parameters:
    ///   - base: what the settings of the file are added to.
    ///   - readers: the files that extend this one, absolute.
    static func read(
        _ path: String, policies: [Policy], extending base: Configuration, readers: [String], isLocal: Bool = false
    ) -> (configuration: Configuration, problems: [Diagnostic]) {
        do {
            let source = SourceFile(path: path, bytes: try FileSystem.read(path, limit: 1 << 20))
            return read(source, policies: policies, extending: base, readers: readers, isLocal: isLocal)
        } catch {
            return (base, [Diagnostic(reading: error)])
        }
    }

    /// The policies that a file and those it extends name; what else is wrong with them is told when they are read.
    package static func policyPaths(in path: String) -> [String] { read(path, policies: []).configuration.policies }

    /// The configuration in a text.
    /// - Parameter readsFiles: whether it may extend files of this machine.
    package static func read(
        _ source: SourceFile, policies: [Policy], readsFiles: Bool = true
    ) -> (configuration: Configuration, problems: [Diagnostic]) {
        read(
            source, policies: policies, extending: Configuration(), readers: [], isLocal: false, readsFiles: readsFiles)
    }

    private static func read(
        _ source: SourceFile, policies: [Policy], extending base: Configuration, readers: [String], isLocal: Bool,
        readsFiles: Bool = true
    ) -> (configuration: Configuration, problems: [Diagnostic]) {
        let stream = YAMLReader().read(source)
        var configuration = base
        configuration.path = source.path
        guard stream.diagnostics.isEmpty, let document = stream.documents.first, document.root.kind != .null else {
            return (configuration, stream.diagnostics)
        }
        configuration.becomeBase(of: source.path, document)
        var reader = ConfigurationReader(document: document, policies: policies, configuration: configuration)
        (reader.isLocal, reader.readsFiles) = (isLocal, readsFiles)
        if stream.documents.count > 1 { reader.report("the configuration is one document", at: []) }
        reader.readAll(readers)
        return (reader.configuration, reader.problems.sorted(by: Diagnostic.inSourceOrder))
    }

    private init(document: Document, policies: [Policy], configuration: Configuration) {
        self.document = document
        self.policies = policies
        self.configuration = configuration
    }

    private mutating func readAll(_ readers: [String]) {
        let root = document.root
        guard root.kind == .object else { return report("the configuration is a mapping", at: []) }
        // What a file extends comes first, wherever it says so.
        if root.field("extends").isDefined { readBases(root.field("extends"), [.key("extends")], readers) }
        for (index, key) in root.keys.enumerated() where key.string != "extends" {
            let name = key.string, path: [DocumentPath.Step] = [.key(name)]
            if isLocal, Self.keys.contains(name), !Self.localKeys.contains(name) {
                leaveOut(name, path)
                continue
            }
            read(name, root.values[index], path)
        }
    }

    /// Reads the value of a key.
    mutating func read(_ name: String, _ value: Value, _ path: [DocumentPath.Step]) {
        note(name, value, path)
        switch name {
        case "profile": readProfiles(value, path)
        case "policies": configuration.policies += readPaths(value, path)
        case "include": configuration.include += readGlobs(value, path)
        case "exclude": configuration.exclude += readGlobs(value, path)
        case "overrides": readOverrides(value, path)
        case "kubernetesVersion": configuration.kubernetesVersion = version(value, path, allowsLatest: false)
        case "podSecurityVersion": configuration.podSecurityVersion = version(value, path, allowsLatest: true)
        case "failOn":
            configuration.failOn = choice(value, path, among: FailThreshold.allCases.map(\.rawValue)).flatMap(
                FailThreshold.init(rawValue:))
        case "maxFindings":
            if let number = value.intValue, (0...1_000_000).contains(number) {
                configuration.maxFindings = Int(number)
            } else {
                report("maxFindings is a number from 0, which lists all, to 1000000", at: path)
            }
        case "schemas": configuration.schemas += readPaths(value, path)
        case "charts": readCharts(value, path)
        case "values": readValueSets(value, path)
        case "repositories": readRepositories(value, path)
        case "missingSchemas":
            configuration.missingSchemas = choice(value, path, among: MissingTypes.allCases.map(\.rawValue)).flatMap(
                MissingTypes.init(rawValue:))
        case "failOnSkip": readSkipReasons(value, path)
        case "skip": readSkip(value, path)
        case "severity": readSeverities(value, path)
        case "parameters": readParameters(value, path)
        case "admission": readAdmission(value, path)
        case "workloads": readWorkloads(value, path)
        case "existing": readExisting(value, path)
        case "exceptions": readExceptions(value, path)
        case "noExceptions": readUnsuppressible(value, path)
        case "inlineExceptions": configuration.inlineExceptions = flag(value, path)
        case "foreignExceptions": configuration.foreignExceptions = flag(value, path)
        default: report("unknown key \"\(name)\"\(Suggestion.text(for: name, among: Self.keys))", at: path, onKey: true)
        }
    }

    private mutating func readProfiles(_ value: Value, _ path: [DocumentPath.Step]) {
        if value.kind == .array {
            configuration.profiles = value.elements.enumerated().compactMap { index, element in
                choice(element, path + [.index(index)], among: PolicySelection.profiles)
            }
        } else {
            configuration.profiles = choice(value, path, among: PolicySelection.profiles).map { [$0] }
        }
    }

    /// Files and folders, relative to that of the configuration.
    private mutating func readPaths(_ value: Value, _ path: [DocumentPath.Step]) -> [String] {
        guard value.kind == .array else {
            report("\(DocumentPath(path).fieldPath) is a list of files and folders", at: path)
            return []
        }
        var paths: [String] = []
        let folder = configuration.path.map { FilePath.folder(of: $0) } ?? ""
        for (index, element) in value.elements.enumerated() {
            guard let text = element.stringValue, !text.isEmpty else {
                report("the path of a file or folder is expected", at: path + [.index(index)])
                continue
            }
            paths.append(text.hasPrefix("/") || folder.isEmpty ? text : FilePath.join(folder, text))
        }
        return paths
    }

    private mutating func readSkipReasons(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .array else { return report("failOnSkip is a list of reasons", at: path) }
        let names = SkippedDocument.Reason.allCases.map(\.id)
        for (index, element) in value.elements.enumerated() {
            let name = choice(element, path + [.index(index)], among: names)
            if let reason = name.flatMap(SkippedDocument.Reason.init(id:)) { configuration.failOnSkip.append(reason) }
        }
    }

    private mutating func readSkip(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .array else { return report("skip is a list of policies", at: path) }
        for (index, element) in value.elements.enumerated() {
            if let policy = policy(element, path + [.index(index)], onKey: false) { configuration.skip.append(policy.id) }
        }
    }

    private mutating func readSeverities(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .object else { return report("severity maps policies to severities", at: path) }
        for (index, key) in value.keys.enumerated() {
            let place = path + [.key(key.string)]
            guard let policy = policy(key, place, onKey: true) else { continue }
            let names = PolicySeverity.allCases.map(\.rawValue)
            configuration.severities[policy.id] = choice(value.values[index], place, among: names).flatMap(
                PolicySeverity.init(rawValue:))
        }
    }

    private mutating func readParameters(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .object else { return report("parameters maps policies to their parameters", at: path) }
        for (index, key) in value.keys.enumerated() {
            let place = path + [.key(key.string)], values = value.values[index]
            guard let policy = policy(key, place, onKey: true) else { continue }
            guard values.kind == .object else {
                report("the parameters of \(policy.id) are a mapping", at: place)
                continue
            }
            readParameters(of: policy, values, place)
        }
    }

    private mutating func readParameters(of policy: Policy, _ values: Value, _ path: [DocumentPath.Step]) {
        let known = policy.parameters
        for (index, key) in values.keys.enumerated() {
            let name = key.string, value = values.values[index], place = path + [.key(name)]
            guard let parameter = known.first(where: { $0.name == name }) else {
                report(Self.unknownParameter(name, of: policy), at: place, onKey: true)
                continue
            }
            if let problem = ParameterSchema.problem(of: value, schema: parameter.schema) {
                report("parameter \(name) of \(policy.id): \(problem.message)", at: place + problem.path)
            } else {
                configuration.parameters[policy.id, default: [:]][name] = value
            }
        }
    }

    private static func unknownParameter(_ name: String, of policy: Policy) -> String {
        let known = policy.parameters.map(\.name)
        if known.isEmpty { return "\(policy.id) takes no parameters, and \"\(name)\" is given" }
        let suggestion = Suggestion.text(for: name, among: known)
        let list = suggestion.isEmpty ? "; it has \(known.sorted().joined(separator: ", "))" : suggestion
        return "\(policy.id) has no parameter \"\(name)\"\(list)"
    }

    private mutating func readExisting(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .array else { return report("existing is a list of {kind, namespace, name}", at: path) }
        for (index, item) in value.elements.enumerated() {
            let place = path + [.index(index)]
            guard item.kind == .object, item.count > 0 else {
                report("kind, namespace and name of what exists are expected, in which * stands for any characters", at: place)
                continue
            }
            var entry = Configuration.Existing()
            for (index, key) in item.keys.enumerated() {
                let member = place + [.key(key.string)]
                guard let text = item.values[index].stringValue else {
                    report("a text is expected, in which * stands for any characters", at: member)
                    continue
                }
                switch key.string {
                case "kind": entry.kind = text
                case "namespace": entry.namespace = text
                case "name": entry.name = text
                default: reportUnknown(key.string, among: ["kind", "namespace", "name"], at: member)
                }
            }
            configuration.existing.append(entry)
        }
    }

    private mutating func readWorkloads(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .object else {
            return report("workloads maps kinds, as group/Kind, to paths of Pod templates", at: path)
        }
        for (index, key) in value.keys.enumerated() {
            let member = value.values[index], place = path + [.key(key.string)]
            let list = member.kind == .array ? Array(member.elements) : [member]
            let paths = list.map { $0.stringValue.flatMap(PodPath.init(parsing:)) }
            guard !paths.isEmpty, paths.allSatisfy({ $0 != nil }) else {
                report("the path of a Pod template such as spec.template or spec.tasks[*].template is expected", at: place)
                continue
            }
            configuration.workloads[GroupKind(key.string)] = paths.compactMap(\.self)
        }
    }

    // MARK: Scalars

    mutating func policy(_ name: Value, _ path: [DocumentPath.Step], onKey: Bool) -> Policy? {
        guard let text = name.stringValue else {
            report("the id or name of a policy is expected", at: path, onKey: onKey)
            return nil
        }
        if let policy = policies.first(where: { $0.answers(to: text) }) { return policy }
        let names = policies.flatMap { [$0.id, $0.slug] + $0.aliases }
        report("no policy is called \"\(text)\"\(Suggestion.text(for: text, among: names))", at: path, onKey: onKey)
        return nil
    }

    mutating func choice(_ value: Value, _ path: [DocumentPath.Step], among names: [String]) -> String? {
        guard let text = value.stringValue, names.contains(text) else {
            let suggestion = value.stringValue.map { Suggestion.text(for: $0, among: names) } ?? ""
            report("\(names.joined(separator: ", ")) are allowed here\(suggestion)", at: path)
            return nil
        }
        return text
    }

    private mutating func version(
        _ value: Value, _ path: [DocumentPath.Step], allowsLatest: Bool
    ) -> KubernetesVersion? {
        // As written: the number 1.30 would be 1.3.
        let written = document.range(document.place(at: DocumentPath(path)).span)?.text ?? ""
        let text = value.isNumber ? written : value.stringValue ?? ""
        if let version = KubernetesVersion(parsing: text), allowsLatest || version != .latest { return version }
        report("a Kubernetes version such as \"1.31\"\(allowsLatest ? " or \"latest\"" : "") is expected", at: path)
        return nil
    }

    func range(at steps: [DocumentPath.Step]) -> SourceRange? {
        document.range(document.place(at: DocumentPath(steps)).span)
    }

    mutating func report(_ message: String, at steps: [DocumentPath.Step], onKey: Bool = false) {
        let place = document.place(at: DocumentPath(steps))
        let span = onKey ? place.keySpan ?? place.span : place.span
        problems.append(Diagnostic(code: "configuration_error", message: message, range: document.range(span)))
    }
}
