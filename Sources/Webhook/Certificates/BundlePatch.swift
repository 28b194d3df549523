package import Diagnostics
import Documents
import Inputs

/// Writes the `caBundle` of webhook configurations into a manifest and leaves every other byte of it alone.
package struct BundlePatch: Sendable {
    /// The manifest with the bundle in it.
    package private(set) var bytes: [UInt8]
    /// How many places hold the bundle now.
    package private(set) var places = 0
    /// Why it cannot be written.
    package private(set) var problems: [Diagnostic] = []

    private struct Edit {
        var range: Range<Int>
        var text: String
    }

    private let source: SourceFile
    private let bundle: String
    private var edits: [Edit] = []

    /// - Parameter bundle: base64 of PEM certificates.
    package init(_ source: SourceFile, bundle: String) {
        self.source = source
        self.bundle = bundle
        bytes = source.bytes
        let contents = ResourceReader().read(source)
        problems = contents.diagnostics
        if !problems.isEmpty { return }
        for resource in contents.resources { add(resource) }
        if places == 0, problems.isEmpty {
            problems = [Diagnostic(code: "certificate_error", message: "\(source.path) has no webhook with a clientConfig")]
        }
        if !problems.isEmpty { return }
        for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            bytes.replaceSubrange(edit.range, with: Array(edit.text.utf8))
        }
    }

    private mutating func add(_ resource: Resource) {
        let root = resource.value
        switch (resource.type.group, resource.type.kind) {
        case ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
            ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"):
            let webhooks = root.field("webhooks")
            guard webhooks.kind == .array else { return }
            for webhook in webhooks.elements { add(clientConfig: webhook, resource) }
        case ("apiextensions.k8s.io", "CustomResourceDefinition"):
            add(clientConfig: root.field("spec").field("conversion").field("webhook"), resource)
        default: break
        }
    }

    private mutating func add(clientConfig owner: Value, _ resource: Resource) {
        guard owner.kind == .object, owner.hasPositions,
            let index = owner.keys.firstIndex(where: { $0.stringValue == "clientConfig" })
        else { return }
        let client = owner.values[index]
        guard client.kind == .object, client.count > 0, client.hasPositions else {
            let range = resource.document.range(owner.keySpan(at: index))
            problems.append(
                Diagnostic(code: "certificate_error", message: "clientConfig names neither service nor url", range: range))
            return
        }
        let edit =
            client.keys.firstIndex { $0.stringValue == "caBundle" }
            .map { replacement(of: client.valueSpan(at: $0), key: client.keySpan(at: $0)) }
            ?? insertion(into: client, span: owner.valueSpan(at: index))
        // Two webhooks may share one mapping through an alias.
        if !edits.contains(where: { $0.range == edit.range }) { edits.append(edit) }
        places += 1
    }

    private func replacement(of span: ByteSpan, key: ByteSpan) -> Edit {
        let range = Int(span.start)..<Int(span.end)
        guard let first = source.bytes[range].first else { return Edit(range: range, text: " " + bundle) }
        switch first {
        case UInt8(ascii: "\""): return Edit(range: range, text: "\"\(bundle)\"")
        // A block scalar ends with its last line break.
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            return Edit(range: range, text: bundle + (source.bytes[range].last == UInt8(ascii: "\n") ? "\n" : ""))
        default: return Edit(range: range, text: bundle)
        }
    }

    /// Before the first member, in the layout that member has.
    private func insertion(into client: Value, span: ByteSpan) -> Edit {
        let first = Int(client.keys.indices.map { client.keySpan(at: $0).start }.min() ?? span.start)
        let isFlow = source.bytes[Int(span.start)] == UInt8(ascii: "{")
        if isFlow { return Edit(range: first..<first, text: "\"caBundle\": \"\(bundle)\", ") }
        let indent = String(repeating: " ", count: source.position(at: first).column - 1)
        return Edit(range: first..<first, text: "caBundle: \(bundle)\n\(indent)")
    }
}
