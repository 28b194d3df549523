package import Diagnostics
package import Documents

/// How a value of a rendered object came to be.
package struct Explanation: Sendable {
    /// One value that the field had.
    package struct Step: Sendable {
        /// The value's text.
        package var value: String
        /// What gave it, in a few words.
        package var action: String
        /// Where the text stands that gave it.
        package var range: SourceRange?
        /// Other texts that took part.
        package var parts: [SourceRange]
    }

    package var path: DocumentPath
    /// The values in order, the last one being that of the object.
    package var steps: [Step]
}

extension Build {
    /// How the values at and below a path of an object came to be.
    package func explanations(of object: RenderedObject, at path: DocumentPath) -> [Explanation] {
        var result: [Explanation] = []
        object.document.withRoot { root in
            var place = object.places
            for step in path.steps {
                let key =
                    switch step {
                    case .key(let key): key
                    case .index(let index): String(index)
                    }
                guard let child = place.children.first(where: { $0.key == key }) else { return }
                place = child.place
            }
            add(path.steps.isEmpty ? root : object.document.value(at: path), place, path, &result)
        }
        return result
    }

    private func add(
        _ value: Value, _ place: RenderedObject.Place, _ path: DocumentPath, _ result: inout [Explanation]
    ) {
        guard value.isCollection, !place.children.isEmpty else {
            result.append(Explanation(path: path, steps: steps(value, place)))
            return
        }
        for (index, child) in place.children.enumerated() {
            let isArray = value.kind == .array
            let below = DocumentPath(path.steps + [isArray ? .index(index) : .key(child.key)])
            let inner = isArray ? value.elements[index] : value.member(child.key)
            add(inner, child.place, below, &result)
        }
    }

    private func steps(_ value: Value, _ place: RenderedObject.Place) -> [Explanation.Step] {
        var steps = place.history.map { former in step(former.text, former.origin, []) }
        let text = value.kind == .string ? value.string : JSONWriter.string(value)
        steps.append(step(text, place.origin, place.parts))
        return steps
    }

    private func step(_ value: String, _ origin: Origin, _ parts: [Origin]) -> Explanation.Step {
        Explanation.Step(
            value: value, action: origin.cause.words, range: range(origin), parts: parts.compactMap { range($0) })
    }
}

extension Value {
    /// The member of an object with a key that may not be known when compiling.
    fileprivate func member(_ key: String) -> Value {
        guard kind == .object else { return .undefined }
        for index in 0..<count where keys[index].kind == .string && keys[index].utf8.elementsEqual(key.utf8) {
            return values[index]
        }
        return .undefined
    }
}

extension Origin.Cause {
    /// A few words for people.
    package var words: String {
        switch self {
        case .file: "written"
        case .patch: "patch"
        case .jsonPatch: "JSON patch"
        case .namespace: "namespace"
        case .namePrefix: "name prefix"
        case .nameSuffix: "name suffix"
        case .label: "label"
        case .annotation: "annotation"
        case .image: "image"
        case .replicas: "replicas"
        case .replacement: "replacement"
        case .nameReference: "name of another object"
        case .variable: "variable"
        case .contentHash: "hash of the content"
        case .generator: "generator"
        case .transformer: "transformer"
        case .chart: "chart"
        case .builtin: "set by the build"
        }
    }
}
