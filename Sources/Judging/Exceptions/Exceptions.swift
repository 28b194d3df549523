package import Catalogue
import Diagnostics
import Documents
package import Inputs
import Synchronization

/// The violations that are accepted in a run: by comments, by annotations and by configuration. Shared by all threads.
///
/// It is asked about each violation with the object at hand. What it says is what every surface says.
package final class Exceptions: Sendable {
    /// What counts as an exception.
    package struct Options: Sendable {
        /// Those of `lintel.yaml`.
        package var entries: [ExceptionEntry] = []
        /// Those of the file of settings that cannot be weakened.
        package var floorEntries: [ExceptionEntry] = []
        package var readsComments = true
        package var readsAnnotations = true
        /// Whether comments and annotations of other tools count.
        package var readsForeign = false
        /// Whether objects come from files, so that entries about paths can apply.
        package var hasFiles = true
        /// Ids of policies whose violations cannot be accepted.
        package var unsuppressible: Set<String> = []
        /// Ids of policies that only `floorEntries` may accept violations of.
        package var floor: Set<String> = []
        /// The present, in nanoseconds since 1970-01-01 UTC.
        package var now: Int64 = 0
        /// Whether the run looks at everything the entries can be about.
        package var coversAll = false
        /// For files that are copies: the folder they were copied from and the one they are in, absolute.
        package var copiedFrom = ""
        package var copiedTo = ""

        package init() {}
    }

    /// An entry of a file of settings.
    struct Entry: Sendable {
        let number: Int
        let entry: ExceptionEntry
        let isFloor: Bool
        /// The folder that its path is relative to, absolute, with a closing slash.
        let folder: String
        let suppression: Suppression
    }

    /// A comment with what it says.
    struct Request: Sendable {
        var text: ExceptionText
        var tool = ""
        var suppression: Suppression
        var use: ExceptionUse.Key
    }

    /// The comments of a source, read once.
    final class Comments: Sendable {
        let scopes: CommentScopes
        let requests: [Request]

        init(_ scopes: CommentScopes, _ requests: [Request]) {
            self.scopes = scopes
            self.requests = requests
        }
    }

    let options: Options
    let entries: [Entry]
    let uses = ExceptionUse()
    private let known = Mutex<[ObjectIdentifier: (source: SourceFile, comments: Comments?)]>([:])

    package init(_ options: Options) {
        self.options = options
        let all = options.floorEntries.map { ($0, true) } + options.entries.map { ($0, false) }
        entries = all.enumerated().map { number, item in
            let (entry, isFloor) = item
            let file = entry.range?.file.path ?? ""
            let suppression = Suppression(
                source: .configuration, reason: entry.reason, owner: entry.owner, until: entry.until, file: file,
                line: entry.range?.position.line ?? 0)
            return Entry(
                number: number, entry: entry, isFloor: isFloor,
                folder: entry.path == nil || file.isEmpty ? "" : FolderGlob.absolute(FilePath.folder(of: file)),
                suppression: suppression)
        }
    }

    // MARK: Violations

    /// Marks a violation that is accepted, or whose exception has expired.
    /// - Parameters:
    ///   - part: the policy that `policy` merges and that the violation is of: exceptions may name either, and both must allow it.
    ///   - now: the present, when it is another than that of the options.
    package func apply(
        to violation: inout Violation, of policy: Policy, part: Policy? = nil, in resource: Resource, now: Int64? = nil
    ) {
        let named = Named(policy: policy, part: part)
        let now = now ?? options.now
        let document = resource.document
        let comments = options.readsComments ? comments(of: document) : []
        if comments.isEmpty, entries.isEmpty, !options.readsAnnotations { return }
        let path = violation.path
        if !comments.isEmpty {
            for request in Self.requests(about: path, in: document, among: comments)
            where accept(&violation, by: request, named, document, now) { return }
        }
        if options.readsAnnotations {
            for request in annotations(on: path, in: resource, policy)
            where accept(&violation, by: request, named, document, now) {
                return
            }
        }
        for entry in entries {
            guard let name = named.first(where: entry.matches), matches(entry, resource, violation.location.file) else {
                continue
            }
            // What a folder accepts stands in its files, whatever objects are made of them elsewhere.
            let folder = entry.entry.folder
            if !folder.isEmpty, !absolute(original: violation.location.file).hasPrefix(folder) { continue }
            if let container = entry.entry.container, !Self.isContainer(container, at: path, in: document) { continue }
            if let field = entry.entry.field, !field.covers(path) { continue }
            let use = ExceptionUse.Key.entry(entry.number)
            if settle(&violation, named, name, entry.suppression, use, isFloor: entry.isFloor, now) { return }
        }
    }

    /// Whether anything may accept violations by an object.
    package func concerns(_ resource: Resource) -> Bool {
        if !entries.isEmpty || options.readsComments && !comments(of: resource.document).isEmpty { return true }
        return options.readsAnnotations && resource.value.field("metadata").field("annotations").kind == .object
    }

    /// Whether anything may accept a violation of a policy by an object, so that its place has to be known.
    package func mayAccept(_ policy: Policy, of resource: Resource) -> Bool {
        let policies = [policy] + policy.merged
        if entries.contains(where: { entry in
            policies.contains(where: entry.matches) && matches(entry, resource, resource.path)
        }) {
            return true
        }
        if !options.readsAnnotations { return false }
        return !Self.requests(inAnnotationsOf: resource.value).isEmpty || options.readsForeign
            || Self.templates(of: resource.value).contains { !Self.requests(inAnnotationsOf: $0).isEmpty }
    }

    private func accept(
        _ violation: inout Violation, by request: Request, _ named: Named, _ document: Document, _ now: Int64
    ) -> Bool {
        guard request.text.problem == nil, let name = named.first(where: request.means) else { return false }
        if let container = request.text.container, !Self.isContainer(container, at: violation.path, in: document) { return false }
        if let field = request.text.field, !field.covers(violation.path) { return false }
        return settle(&violation, named, name, request.suppression, request.use, isFloor: false, now)
    }

    /// The policies that an exception may name a violation by.
    private struct Named {
        let policy: Policy
        let part: Policy?

        var all: [Policy] { part.map { [policy, $0] } ?? [policy] }
        func first(where isMeant: (Policy) -> Bool) -> Policy? { all.first(where: isMeant) }
    }

    /// Accepts the violation unless that is refused or over.
    private func settle(
        _ violation: inout Violation, _ named: Named, _ policy: Policy, _ suppression: Suppression, _ use: ExceptionUse.Key,
        isFloor: Bool,
        _ now: Int64
    ) -> Bool {
        if named.all.contains(where: { !$0.isSuppressible || options.unsuppressible.contains($0.id) }) {
            uses.note(.refused, use, policy.id)
            return false
        }
        if !isFloor, named.all.contains(where: { options.floor.contains($0.id) }) {
            uses.note(.keptByFloor, use, policy.id)
            return false
        }
        if !suppression.until.isEmpty, suppression.until < CalendarDate.day(ofNanoseconds: now) {
            uses.note(.expired, use, policy.id)
            violation.expired = suppression
            return false
        }
        uses.note(.used, use, policy.id)
        violation.suppression = suppression
        return true
    }

    // MARK: Entries

    func matches(_ entry: Entry, _ resource: Resource, _ file: String) -> Bool {
        let selector = entry.entry
        guard
            TextPattern.matches(resource.type.kind, selector.kind)
                || TextPattern.matches(resource.type.groupKind.text, selector.kind),
            TextPattern.matches(resource.namespace ?? "", selector.namespace), TextPattern.matches(resource.name, selector.name)
        else { return false }
        guard let path = selector.path else { return true }
        return options.hasFiles
            && [resource.path, file].contains { path.matches(relative($0, to: entry.folder)) }
    }

    /// A path from a folder; unchanged outside of it.
    private func relative(_ path: String, to folder: String) -> String {
        let absolute = absolute(original: path)
        return absolute.hasPrefix(folder) ? String(absolute.dropFirst(folder.utf8.count)) : path
    }

    /// The absolute path of a file, of a copy that of its original.
    func absolute(original path: String) -> String {
        let absolute = FileSystem.plainAbsolute(path)
        guard !options.copiedTo.isEmpty, absolute.hasPrefix(options.copiedTo + "/") else { return absolute }
        return options.copiedFrom + absolute.dropFirst(options.copiedTo.utf8.count)
    }

    private static let containerLists: Set<String> = ["containers", "initContainers", "ephemeralContainers"]

    /// Whether a path leads into a container whose name fits a pattern.
    static func isContainer(_ pattern: String, at path: DocumentPath, in document: Document) -> Bool {
        for (depth, step) in path.steps.enumerated().reversed() {
            guard depth > 0, case .index = step, case .key(let list) = path.steps[depth - 1], containerLists.contains(list) else {
                continue
            }
            let container = document.value(at: DocumentPath(Array(path.steps[...depth])))
            return TextPattern.matches(container.field("name").stringValue ?? "", pattern)
        }
        return false
    }

    // MARK: Comments

    /// The comments of the sources that a document's nodes stand in.
    private func comments(of document: Document) -> [Comments] {
        if document.sources.isEmpty { return document.source.flatMap { comments(of: $0) }.map { [$0] } ?? [] }
        return document.sources.compactMap { comments(of: $0) }
    }

    private func comments(of source: SourceFile) -> Comments? {
        let key = ObjectIdentifier(source)
        if let entry = known.withLock({ $0[key] }) { return entry.comments }
        let comments = CommentScopes(source, readsForeign: options.readsForeign).map { scopes in
            Comments(scopes, scopes.comments.map { Self.request($0, in: source) })
        }
        known.withLock { $0[key] = (source, comments) }
        return comments
    }

    private static func request(_ comment: CommentScopes.Comment, in source: SourceFile) -> Request {
        var text = ExceptionText(), tool = ""
        if comment.mark == CommentScopes.marks[0] {
            text = ExceptionText(parsing: comment.text)
        } else if let foreign = ForeignChecks.comment(comment.mark, comment.text) {
            tool = foreign.tool
            text.policies = foreign.checks
            text.until = foreign.until
            text.reason = foreign.reason
        }
        let suppression = Suppression(
            source: .comment, reason: text.reason, owner: text.owner, until: text.until, file: source.path, line: comment.line,
            tool: tool)
        return Request(text: text, tool: tool, suppression: suppression, use: key(comment.range, in: source.path))
    }

    /// What comments say about the nodes that lead to a violation, the nearest first.
    private static func requests(about path: DocumentPath, in document: Document, among comments: [Comments]) -> [Request] {
        var spans = [document.rootSpan], node = document.root
        for step in path.steps {
            guard node.hasPositions else { break }
            switch (step, node.kind) {
            case (.index(let index), .array) where index < node.count:
                spans.append(node.valueSpan(at: index))
                node = node.elements[index]
            case (.key(let key), .object):
                guard let index = node.keys.firstIndex(where: { $0.kind == .string && $0.string == key }) else {
                    node = .undefined; break
                }
                let number = index - node.keys.startIndex
                spans.append(node.keySpan(at: number))
                let span = node.valueSpan(at: number)
                node = node.values[index]
                // A patch may have given the value another line than the key.
                if node.kind != .object, node.kind != .array { spans.append(span) }
            default: node = .undefined
            }
        }
        let isBuilt = !document.sources.isEmpty
        var found: [Request] = []
        for span in spans.reversed() {
            guard let range = document.range(span) else { continue }
            for entry in comments where entry.scopes.source === range.file {
                found += entry.scopes.comments(at: range.start, isBuilt: isBuilt).map { entry.requests[$0] }
            }
        }
        return found
    }

    // MARK: Registering

    /// Takes note of what is there to be used, of the objects of a file.
    package func register(_ resources: [Resource]) {
        var seen: Set<ObjectIdentifier> = []
        for resource in resources {
            let document = resource.document
            if options.readsComments {
                for source in document.sources.isEmpty ? [document.source].compactMap(\.self) : document.sources
                where !seen.contains(ObjectIdentifier(source)) {
                    // Of a template each object may have come by other lines.
                    if !register(source, of: document) { seen.insert(ObjectIdentifier(source)) }
                }
            }
            if options.readsAnnotations {
                for holder in [resource.value] + Self.templates(of: resource.value) { register(holder, of: resource) }
            }
            for entry in entries where matches(entry, resource, resource.path) { uses.meet(entry.number) }
        }
    }

    /// - Returns: whether other documents of the source may show further comments.
    private func register(_ source: SourceFile, of document: Document) -> Bool {
        guard let scopes = CommentScopes(source, readsForeign: false) else { return false }
        let reached = scopes.reached(by: document)
        for (number, comment) in scopes.comments.enumerated() where reached?.contains(number) ?? true {
            uses.add(
                ExceptionUse.Known(
                    key: Self.key(comment.range, in: source.path), what: .comment, text: ExceptionText(parsing: comment.text),
                    range: comment.range))
        }
        return reached != nil
    }

    private func register(_ holder: Value, of resource: Resource) {
        for request in Self.requests(inAnnotationsOf: holder) {
            let range = Self.range(ofAnnotation: request.index, of: holder, in: resource.document)
            uses.add(
                ExceptionUse.Known(
                    key: Self.key(range, in: resource.path, request), what: .annotation, text: request.text, range: range))
        }
    }

    /// - Parameter part: the part of an annotation; nil for a comment.
    static func key(_ range: SourceRange?, in file: String, _ part: AnnotationPart? = nil) -> ExceptionUse.Key {
        // What has no place is told apart by its number.
        .place(
            file: range?.file.path ?? file, offset: range.map { Int($0.start) } ?? -1 - (part?.index ?? 0),
            part: part?.number ?? 0)
    }
}

extension Exceptions.Entry {
    func matches(_ policy: Policy) -> Bool { entry.policies.contains { $0 == policy.id || policy.fits($0) } }
}

extension Exceptions.Request {
    func means(_ policy: Policy) -> Bool {
        if tool.isEmpty { return text.policies.contains { policy.fits($0) } }
        return text.policies.contains { name in
            name == "*" ? ForeignChecks.tool(tool, covers: policy) : ForeignChecks.check(name, of: tool, means: policy)
        }
    }
}

extension Policy {
    /// Whether a name with `*` for any characters means the policy.
    func fits(_ pattern: String) -> Bool {
        if answers(to: pattern) { return true }
        if !pattern.contains("*") { return false }
        return TextPattern.matches(id, pattern) || !slug.isEmpty && TextPattern.matches(slug, pattern)
    }
}
