import Diagnostics
package import Catalogue
package import Documents
package import Inputs
import Text

/// What a policy said about a resource, before it has a place.
package struct PolicyResult {
    /// How the policy says where.
    package enum Place {
        /// The engine is to find out which input the rule read to produce this element.
        case origin(of: Value)
        case path(DocumentPath)
        /// `_loc`, as Conftest has it.
        case line(Int, file: String?)
    }

    /// A credential in a text, which is found in the source and never shown.
    package struct Secret {
        /// What the text says there.
        package var value: String
        /// Its line in the text, from 0.
        package var line: Int
    }

    package var message: String
    package var place: Place
    package var secret: Secret?
    /// What it says about its severity.
    package var stated = StatedSeverity.nothing
    /// Members other than `msg` and the place.
    package var details: String?
    /// What the message of a policy that merges others ends with, policy by policy.
    package var parts: [Part] = []

    /// What one of the policies says that another merges.
    package struct Part {
        /// The id of the policy.
        package var policy: String
        package var text: String
        /// Nil for that of the merging policy.
        package var severity: PolicySeverity?
        /// Where it stands; nil for where the whole does.
        package var path: DocumentPath?
    }
    /// What would remedy it.
    package var changes: [ObjectEdit] = []

    /// The severity of this result, when it is not that of its policy.
    package var severity: PolicySeverity? { stated.severity }
}

/// Reads the value of a `deny`, `violation` or `warn` rule: a set, array or object of strings or of objects with `msg`;
/// also a single string, or `true`.
package struct ResultReader {
    let document: Document
    private let ways: [[DocumentPath.Step]]
    /// What the policy was given in place of the document.
    private let view: PodView?
    /// Whether results have a member `fix` with operations of JSON Patch.
    private let readsFixes: Bool

    /// - Parameters:
    ///   - document: what the policy has as `input`.
    ///   - ways: the steps that lead from there to the object; empty when it is the object.
    ///   - view: the Pod template that the policy has as `input` in place of the document.
    ///   - readsFixes: whether results have a member `fix` with operations of JSON Patch.
    init(document: Document, ways: [[DocumentPath.Step]], view: PodView? = nil, readsFixes: Bool = false) {
        self.document = document
        self.ways = ways
        self.view = view
        self.readsFixes = readsFixes
    }

    /// Why a result is none.
    package struct Malformed: Error {
        package var message: String
    }

    package func results(of value: Value, rule: String) throws(Malformed) -> [PolicyResult] {
        if value.kind == .bool {
            return value.isTrue ? [PolicyResult(message: "\(rule) holds", place: .origin(of: value))] : []
        }
        var results: [PolicyResult] = []
        try Self.forEachElement(of: value, rule) { element throws(Malformed) in
            let message = try Self.message(of: element, rule)
            if element.kind == .string {
                results.append(PolicyResult(message: message, place: .origin(of: element)))
                return
            }
            var result = PolicyResult(
                message: message, place: place(in: element), secret: Self.secret(in: element),
                stated: StatedSeverity(element), details: try details(of: element, rule),
                parts: parts(in: element))
            result.changes = try changes(in: element, rule)
            results.append(result)
        }
        return results
    }

    /// Visits the messages of the results, which need no places then.
    package static func forEachMessage(
        of value: Value, rule: String, _ visit: (String) -> Void
    ) throws(Malformed) {
        if value.kind == .bool { return value.isTrue ? visit("\(rule) holds") : () }
        try forEachElement(of: value, rule) { element throws(Malformed) in visit(try message(of: element, rule)) }
    }

    private static func forEachElement(
        of value: Value, _ rule: String, _ visit: (Value) throws(Malformed) -> Void
    ) throws(Malformed) {
        switch value.kind {
        case .set, .array: for element in value.elements { try visit(element) }
        case .object where value.field("msg").isUndefined: for key in value.keys { try visit(key) }
        case .object, .string: try visit(value)
        case .undefined: break
        case .null, .bool, .int, .decimal, .node:
            throw Malformed(message: "\(rule) is \(text(value)); a set of messages is expected")
        }
    }

    private static func message(of element: Value, _ rule: String) throws(Malformed) -> String {
        if let text = element.stringValue { return text }
        guard element.kind == .object else {
            throw Malformed(message: "\(rule) holds \(text(element)); a string or an object with msg is expected")
        }
        // Kubescape's controls call it otherwise.
        guard let message = element.field("msg").stringValue ?? element.field("alertMessage").stringValue else {
            throw Malformed(message: "\(rule) holds an object without a string msg: \(text(element))")
        }
        return message
    }

    private func place(in element: Value) -> PolicyResult.Place {
        if let alert = KubescapeAlert(element), let base = alert.object(in: document) {
            return .path(DocumentPath(base.steps + alert.path.steps))
        }
        let node = element.field("node")
        if node.isCollection, let base = (document.path(of: node) ?? view?.path(of: node)).map(inObject) {
            guard let field = element.field("field").stringValue, let rest = DocumentPath(parsing: field) else {
                return .path(base)
            }
            return .path(DocumentPath(base.steps + rest.steps))
        }
        if let path = Self.path(element.field("path")).map(inObject), leadsSomewhere(path) { return .path(path) }
        // Gatekeeper keeps everything but the message in `details`.
        let detailed = Self.path(element.field("details").field("path")).map(inObject)
        if let path = detailed, !path.steps.isEmpty, leadsSomewhere(path) { return .path(path) }
        let location = element.field("_loc")
        if let line = location.field("line").integerValue ?? location.integerValue {
            return .line(Int(clamping: line), file: location.field("file").stringValue)
        }
        if let path = Self.path(location).map(inObject), leadsSomewhere(path) { return .path(path) }
        return .origin(of: element)
    }

    /// The parts, when they are what the message ends with.
    private func parts(in element: Value) -> [PolicyResult.Part] {
        let node = element.field("node")
        guard node.isCollection, case let list = element.field("parts"), list.kind == .array else { return [] }
        let base = (document.path(of: node) ?? view?.path(of: node)).map(inObject)
        return list.elements.compactMap { part in
            guard let policy = part.field("policy").stringValue, let text = part.field("text").stringValue else { return nil }
            let severity = part.field("severity").stringValue.flatMap(PolicySeverity.init(rawValue:))
            let field = part.field("field").stringValue.flatMap { DocumentPath(parsing: $0) }
            let path = base.flatMap { base in field.map { DocumentPath(base.steps + $0.steps) } }
            return PolicyResult.Part(policy: policy, text: text, severity: severity, path: path)
        }
    }

    private static func secret(in element: Value) -> PolicyResult.Secret? {
        guard element.field("node").isCollection, let value = element.field("secret").stringValue else { return nil }
        return PolicyResult.Secret(value: value, line: Int(clamping: element.field("line").integerValue ?? 0))
    }

    private static func path(_ value: Value) -> DocumentPath? {
        if value.writtenSize(upTo: longestDetails) > longestDetails { return nil }
        if let text = value.stringValue { return DocumentPath(parsing: text) }
        guard value.kind == .array, value.count > 0 else { return nil }
        return DocumentPath(
            value.elements.map { step in
                if let index = step.intValue, index >= 0 { return .index(Int(index)) }
                return .key(ScalarText.of(step))
            })
    }

    /// The path from the object, for one that leads through the object as `input` has it.
    func inObject(_ path: DocumentPath) -> DocumentPath {
        for way in ways {
            if path.steps.starts(with: way) { return DocumentPath(Array(path.steps.dropFirst(way.count))) }
            if let own = Self.ofObject(path, around: way) { return own }
        }
        return path
    }

    /// What a review says of its object, which the object says itself.
    private static let mirrored: [(steps: [String], own: [String])] = [
        (["kind", "kind"], ["kind"]), (["kind", "group"], ["apiVersion"]), (["kind", "version"], ["apiVersion"]),
        (["kind"], ["kind"]), (["requestKind", "kind"], ["kind"]), (["requestKind", "group"], ["apiVersion"]),
        (["requestKind", "version"], ["apiVersion"]), (["name"], ["metadata", "name"]),
        (["namespace"], ["metadata", "namespace"]),
    ]

    /// - Parameter way: leads to the object through its review.
    private static func ofObject(_ path: DocumentPath, around way: [DocumentPath.Step]) -> DocumentPath? {
        guard way.count == 2, way[0] == .key("review") || way[0] == .key("request"), path.steps.first == way[0] else {
            return nil
        }
        let rest = path.steps.dropFirst()
        guard let found = mirrored.first(where: { rest.elementsEqual($0.steps.map { .key($0) }) }) else { return nil }
        return DocumentPath(found.own.map { .key($0) })
    }

    /// What a result says about its remedy; the paths begin at its node.
    private func changes(in element: Value, _ rule: String) throws(Malformed) -> [ObjectEdit] {
        if let alert = KubescapeAlert(element) {
            guard let base = alert.object(in: document) else { return [] }
            return alert.changes(of: document.value(at: base))
        }
        guard readsFixes, element.field("fix").isDefined else { return [] }
        let node = element.field("node")
        let base = node.isCollection ? (document.path(of: node) ?? view?.path(of: node)).map(inObject) : nil
        do throws(ObjectEdit.Malformed) {
            return try ObjectEdit.read(element.field("fix"), from: base ?? DocumentPath(), of: object(of: document))
        } catch { throw Malformed(message: "\(rule): \(error.message)") }
    }

    /// The object in what the policy has as `input`.
    private func object(of document: Document) -> Value {
        ways.first.map { document.value(at: DocumentPath($0)) } ?? document.root
    }

    /// A `path` that names nothing of the object or of `input` means something else to the policy.
    private func leadsSomewhere(_ path: DocumentPath) -> Bool {
        guard let first = path.steps.first else { return true }
        if document.value(at: DocumentPath([first])).isDefined { return true }
        return ways.contains { document.value(at: DocumentPath($0 + [first])).isDefined }
    }

    private func isOwn(_ key: Value, ofLibrary: Bool) -> Bool {
        guard key.kind == .string else { return false }
        let name = key.utf8
        switch name.count {
        case 3: return name.elementsEqual("msg".utf8) || readsFixes && name.elementsEqual("fix".utf8)
        case 4:
            if ofLibrary, name.elementsEqual("line".utf8) { return true }
            return name.elementsEqual("node".utf8) || name.elementsEqual("path".utf8) || name.elementsEqual("_loc".utf8)
        case 5: return name.elementsEqual("field".utf8) || ofLibrary && name.elementsEqual("parts".utf8)
        case 6: return ofLibrary && name.elementsEqual("secret".utf8)
        case 8: return ofLibrary && name.elementsEqual("severity".utf8)
        default: return false
        }
    }

    /// The JSON text of a member, or of a long one how long it is and how it begins.
    private static func shortened(_ value: Value) -> String {
        let size = value.writtenSize(upTo: longestDetails)
        if size <= longestMember { return JSONWriter.string(value) }
        var text = (value.kind == .string ? value.string : JSONWriter.string(value)).shortened(to: longestMember / 4)
        return text.withUTF8 { bytes in
            bytes.baseAddress.map { JSONWriter.string(.string($0, count: bytes.count)) } ?? "\"\""
        }
    }

    /// The most bytes of one member that are kept whole.
    private static let longestMember = 32 << 10
    /// The most bytes of the members of one result beside its message.
    private static let longestDetails = 4 << 20

    /// A value in a message about it, when it is short.
    private static func text(_ value: Value) -> String {
        let limit = 4096
        return value.writtenSize(upTo: limit) > limit ? "a long \(value.typeName)" : JSONWriter.string(value)
    }

    private func details(of element: Value, _ rule: String) throws(Malformed) -> String? {
        if let alert = KubescapeAlert(element) { return alert.details }
        let ofLibrary = element.field("node").isCollection
        if element.keys.allSatisfy({ isOwn($0, ofLibrary: ofLibrary) }) { return nil }
        guard element.writtenSize(upTo: Self.longestDetails) <= Self.longestDetails else {
            throw Malformed(
                message: "\(rule) holds an object with more than \(Self.longestDetails >> 20) MiB of text; "
                    + "report less of the input beside msg")
        }
        let parts = element.keys.indices.filter { !isOwn(element.keys[$0], ofLibrary: ofLibrary) }.map { index in
            "\(JSONWriter.string(element.keys[index])):\(Self.shortened(element.values[index]))"
        }
        return "{\(parts.joined(separator: ","))}"
    }
}
