import Catalogue
import Diagnostics
import Documents
import Inputs

extension Exceptions {
    /// The annotation, and what others that say the same begin with: keys of a mapping differ.
    static let annotation = "lintel.dev/ignore"

    /// What annotations of the object, and of templates that a path leads through, say about a violation.
    func annotations(on path: DocumentPath, in resource: Resource, _ policy: Policy) -> [Request] {
        var found: [Request] = [], node = resource.value
        add(node, resource, policy, to: &found)
        for step in path.steps {
            switch (step, node.kind) {
            case (.index(let index), .array) where index < node.count: node = node.elements[index]
            case (.key(let key), .object): node = node.field(named: key)
            default: return found
            }
            if node.kind == .object { add(node, resource, policy, to: &found) }
        }
        return found
    }

    private func add(_ holder: Value, _ resource: Resource, _ policy: Policy, to found: inout [Request]) {
        let metadata = holder.field("metadata")
        if metadata.kind != .object { return }
        for request in Self.requests(inAnnotationsOf: holder) {
            let text = request.text
            let range = Self.range(ofAnnotation: request.index, of: holder, in: resource.document)
            let suppression = Suppression(
                source: .annotation, reason: text.reason, owner: text.owner, until: text.until,
                file: range?.file.path ?? resource.path, line: range?.position.line ?? 0)
            found.append(
                Request(text: text, suppression: suppression, use: Self.key(range, in: resource.path, request)))
        }
        guard options.readsForeign else { return }
        for request in ForeignChecks.requests(
            in: ForeignChecks.Metadata(
                annotations: Self.texts(metadata.field("annotations")), labels: Self.texts(metadata.field("labels"))))
        {
            var text = ExceptionText()
            text.policies = [request.check]
            let suppression = Suppression(
                source: .annotation, reason: request.reason, file: resource.path, tool: request.tool)
            found.append(
                Request(
                    text: text, tool: request.tool, suppression: suppression, use: .place(file: resource.path, offset: 0, part: 0)
                ))
        }
    }

    private static func texts(_ map: Value) -> [(key: String, value: String)] {
        guard map.kind == .object else { return [] }
        return map.keys.indices.compactMap { index in
            map.values[index].stringValue.map { (map.keys[index].string, $0) }
        }
    }

    /// What a part of an annotation accepts.
    struct AnnotationPart {
        /// The number of the annotation among all of its object.
        var index: Int
        /// The number of the part in the annotation.
        var number: Int
        var text: ExceptionText
    }

    /// What the annotations of an object or template accept.
    static func requests(inAnnotationsOf holder: Value) -> [AnnotationPart] {
        let annotations = holder.field("metadata").field("annotations")
        guard annotations.kind == .object else { return [] }
        var found: [AnnotationPart] = []
        for (index, key) in annotations.keys.enumerated() where key.kind == .string {
            guard isException(annotation: key.string),
                let text = annotations.values[annotations.values.startIndex + index].stringValue
            else { continue }
            for (number, part) in parts(of: text).enumerated() {
                found.append(AnnotationPart(index: index, number: number, text: ExceptionText(parsing: text[part])))
            }
        }
        return found
    }

    /// Whether an annotation accepts violations.
    package static func isException(annotation key: String) -> Bool {
        key == annotation || key.hasPrefix(annotation + ".")
    }

    /// The parts of an annotation that each accept something: it may say several things, on lines of their own or with `;`
    /// between. What stands in quotes is not divided.
    static func parts(of text: String) -> [Range<String.Index>] {
        var parts: [Range<String.Index>] = [], start = text.startIndex, index = start, isBegin = true
        var unclosed: Set<Character> = []
        func add(_ end: String.Index) {
            if text[start..<end].contains(where: { $0 != " " }) { parts.append(start..<end) }
        }
        while index < text.endIndex {
            let character = text[index], next = text.index(after: index)
            if isBegin, character == "\"" || character == "'", !unclosed.contains(character) {
                if let close = ExceptionText.closing(character, in: text[next...]) {
                    index = close
                } else {
                    unclosed.insert(character)
                }
            } else if character == "\n" || character == ";" {
                add(index)
                start = next
            }
            isBegin = ["=", " ", "\t", "\n", ";"].contains(character)
            index = text.index(after: index)
        }
        add(text.endIndex)
        return parts
    }

    static func range(ofAnnotation index: Int, of holder: Value, in document: Document) -> SourceRange? {
        let annotations = holder.field("metadata").field("annotations")
        return annotations.hasPositions ? document.range(annotations.keySpan(at: index)) : nil
    }

    /// The Pod templates of Kubernetes' own kinds, which have annotations of their own.
    static func templates(of object: Value) -> [Value] {
        let spec = object.field("spec"), job = spec.field("jobTemplate")
        return [spec.field("template"), job, job.field("spec").field("template")].filter { $0.kind == .object }
    }
}
