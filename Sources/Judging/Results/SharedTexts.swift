import Documents
import Text

/// Texts and paths of violations that are alike, kept once: many objects break a rule in the same way.
final class SharedTexts {
    private var texts: [ExactText: String] = [:]
    private var paths: [DocumentPath: DocumentPath] = [:]

    /// So many are known at a time; longer texts are mostly about one object.
    private static let most = 4096
    private static let longest = 512

    func share(_ violation: inout Violation) {
        violation.path = shared(violation.path)
        violation.message = shared(violation.message)
        violation.plainMessage = violation.plainMessage == violation.message ? violation.message : shared(violation.plainMessage)
        if let text = violation.details { violation.details = shared(text) }
        if let text = violation.stablePath { violation.stablePath = shared(text) }
    }

    private func shared(_ text: String) -> String {
        // The shortest ones need no memory of their own.
        if text.utf8.count < 16 || text.utf8.count > Self.longest { return text }
        let key = ExactText(text)
        if let known = texts[key] { return known }
        if texts.count >= Self.most { texts.removeAll(keepingCapacity: true) }
        texts[key] = text
        return text
    }

    private func shared(_ path: DocumentPath) -> DocumentPath {
        if path.steps.isEmpty { return path }
        if let known = paths[path] { return known }
        if paths.count >= Self.most { paths.removeAll(keepingCapacity: true) }
        paths[path] = path
        return path
    }
}
