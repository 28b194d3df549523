public import Diagnostics

/// The documents of a file, and what is wrong with those that are missing.
public struct YAMLStream: Sendable {
    /// The sound documents in order; an empty one is null.
    public var documents: [Document]
    /// One problem or more for each broken document, in order.
    public var diagnostics: [Diagnostic]
    /// The text that the documents and problems point into: the file read, as UTF-8 without a byte order mark.
    public var source: SourceFile
}

/// Why a text is not YAML.
public struct YAMLError: Error, Sendable, Hashable {
    /// As go-yaml words it, for policies that decode YAML.
    public var message: String
}

/// Reads YAML and JSON files as `kubectl` reads them (sigs.k8s.io/yaml over go-yaml v2), except that equal keys are
/// errors and that a broken document does not hide the others of its file.
public struct YAMLReader: Sendable {
    public var limits: DocumentLimits
    /// Whether numbers become what the API server gets: 64-bit integers, and doubles for all others, so that `1e-400` is 0.
    /// Else those of JSON files and integers beyond 64 bits stay exact.
    public var makesDoubles = false
    /// Whether `yes`, `on` and their like are booleans, as `kubectl` has it; OPA reads data files without (YAML 1.2).
    public var hasWordBooleans = true

    /// Whether documents in common forms are read without libyaml, which is faster and gives the same; tests compare both.
    package var readsCommonForms = true

    public init(limits: DocumentLimits = .standard) { self.limits = limits }

    /// All documents of a file.
    public func read(_ file: SourceFile) -> YAMLStream {
        guard file.bytes.count <= limits.size else {
            let message = "the file has \(file.bytes.count) bytes, more than the limit of \(limits.size)"
            return refusal(file, code: DocumentCode.limit, message, at: 0)
        }
        var source = file
        if let bytes = YAMLText.transcoded(file.bytes) {
            do { source = try file.replacing(bytes: bytes) } catch {
                return YAMLStream(documents: [], diagnostics: [error.diagnostic], source: file)
            }
        }
        if let zero = source.bytes.prefix(8000).firstIndex(of: 0) {
            return refusal(
                source, code: DocumentCode.encoding, "the file is binary, not text", at: zero,
                hint: "text must be UTF-8, or UTF-16 with a byte order mark")
        }
        let isJSONFile = source.path.hasSuffix(".json")
        if isJSONFile || Self.startsLikeJSON(source.bytes) {
            do throws(JSONError) {
                let documents = try JSONReader.stream(source, limits: limits, makesDoubles: makesDoubles)
                return YAMLStream(documents: documents, diagnostics: [], source: source)
            } catch {
                // What is not JSON may be YAML in flow style.
                let stream = readYAML(source)
                if !isJSONFile || stream.diagnostics.isEmpty { return stream }
                return YAMLStream(documents: [], diagnostics: [error.diagnostic(in: source)], source: source)
            }
        }
        return readYAML(source)
    }

    /// The first document of a text, as `yaml.unmarshal` gives it: without positions, of equal keys the last wins, null
    /// when there is none.
    /// - Parameter hasWordBooleans: whether `yes`, `on` and their like are booleans; annotations of policies are read
    ///   without, as OPA reads them.
    /// - Throws: `YAMLError` in go-yaml's words when the text is not YAML or exceeds a limit.
    public static func value(
        _ bytes: UnsafeBufferPointer<UInt8>, in arena: Arena, limits: DocumentLimits = .builtin, hasWordBooleans: Bool = true
    ) throws(YAMLError) -> Value {
        var options = YAMLLoader.Options(limits: limits)
        options.hasWordBooleans = hasWordBooleans
        return try value(bytes, in: arena, options)
    }

    /// The same by libyaml alone, which tests compare with.
    package static func valueByLibYAML(_ bytes: UnsafeBufferPointer<UInt8>, in arena: Arena) throws(YAMLError) -> Value {
        var options = YAMLLoader.Options(limits: .builtin)
        options.readsCommonForms = false
        return try value(bytes, in: arena, options)
    }

    private static func value(
        _ bytes: UnsafeBufferPointer<UInt8>, in arena: Arena, _ given: YAMLLoader.Options
    ) throws(YAMLError) -> Value {
        var options = given
        let limits = given.limits
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = UnsafeBufferPointer(rebasing: bytes[start...])
        if text.count > limits.size { throw YAMLError(message: "yaml: the text is too large") }
        if YAMLText.excessTagDirective(text, limit: limits.tagDirectives) != nil {
            throw YAMLError(message: "yaml: the text has too many tag directives")
        }
        let survey = YAMLText.survey(text)
        if case .invalid(let place) = survey { throw YAMLError(YAMLProblem.badByte(text, at: place)) }
        options.keepsPositions = false
        options.keepsSignOfZero = true
        options.rejectsEqualKeys = false
        options.onlyDocumentArena = arena
        var loader = YAMLLoader(text, source: nil, options: options)
        loader.read(0..<text.count, isASCII: survey == .ascii)
        if let problem = loader.problems.first { throw YAMLError(problem) }
        return loader.root
    }

    /// The first document of a text with a numbering of its own, with the places of its nodes; of equal keys the last
    /// wins, null when there is none.
    package static func document(
        _ source: SourceFile, limits: DocumentLimits = .standard
    ) throws(YAMLError) -> Document {
        let arena = Arena.make()
        do throws(YAMLError) {
            let (root, span) = try source.bytes.withUnsafeBufferPointer { bytes throws(YAMLError) in
                if bytes.count > limits.size { throw YAMLError(message: "yaml: the text is too large") }
                let survey = YAMLText.survey(bytes)
                if case .invalid(let place) = survey { throw YAMLError(YAMLProblem.badByte(bytes, at: place)) }
                var options = YAMLLoader.Options(limits: limits)
                options.rejectsEqualKeys = false
                options.keepsSignOfZero = true
                options.onlyDocumentArena = arena
                // Without a source the loader leaves the document to us.
                var loader = YAMLLoader(bytes, source: nil, options: options)
                loader.read(0..<bytes.count, isASCII: survey == .ascii)
                if let problem = loader.problems.first { throw YAMLError(problem) }
                return (loader.root, loader.rootSpan)
            }
            return Document(arena: arena, root: root, source: source, rootSpan: span)
        } catch {
            arena.destroy()
            throw error
        }
    }

    private func readYAML(_ source: SourceFile) -> YAMLStream {
        // As kubectl's line reader does; it matters to a block scalar at the end of the file.
        let text = source.bytes.last == 0x0A ? source.bytes : source.bytes + [0x0A]
        return text.withUnsafeBufferPointer { bytes in
            if let place = YAMLText.excessTagDirective(bytes, limit: limits.tagDirectives) {
                let message = "the file has more than \(limits.tagDirectives) tag directives"
                return refusal(source, code: DocumentCode.limit, message, at: place)
            }
            var options = YAMLLoader.Options(limits: limits)
            options.makesDoubles = makesDoubles
            options.hasWordBooleans = hasWordBooleans
            options.readsCommonForms = readsCommonForms
            var loader = YAMLLoader(bytes, source: source, options: options)
            switch YAMLText.survey(bytes) {
            case .ascii: loader.read(0..<bytes.count, isASCII: true)
            case .utf8: loader.read(0..<bytes.count, isASCII: false)
            case .invalid: readApart(bytes, &loader)
            }
            return YAMLStream(
                documents: loader.documents, diagnostics: loader.problems.map { $0.diagnostic(in: source) },
                source: source)
        }
    }

    /// Reads the parts between lines that start with `---` one by one, leaving out those with malformed bytes.
    private func readApart(_ bytes: UnsafeBufferPointer<UInt8>, _ loader: inout YAMLLoader) {
        var start = 0
        while start < bytes.count, !loader.isExhausted {
            let end = YAMLText.nextDocumentMarker(bytes, from: start + 1) ?? bytes.count
            let survey = YAMLText.survey(UnsafeBufferPointer(rebasing: bytes[start..<end]))
            if case .invalid(let place) = survey {
                loader.problems.append(YAMLProblem.badByte(bytes, at: start + place))
                loader.skipBrokenDocument()
            } else {
                loader.read(start..<end, isASCII: survey == .ascii)
            }
            start = end
        }
    }

    private func refusal(
        _ source: SourceFile, code: String, _ message: String, at offset: Int, hint: String? = nil
    ) -> YAMLStream {
        let place = UInt32(truncatingIfNeeded: offset)
        let range = SourceRange(file: source, start: place, end: place)
        return YAMLStream(
            documents: [], diagnostics: [Diagnostic(code: code, message: message, range: range, hint: hint)],
            source: source)
    }

    private static func startsLikeJSON(_ bytes: [UInt8]) -> Bool {
        for byte in bytes where byte > 0x20 { return byte == UInt8(ascii: "{") }
        return false
    }
}

extension YAMLError {
    init(_ problem: YAMLProblem) { message = problem.builtinMessage ?? "yaml: \(problem.message)" }
}
