import GoLibrary

/// What an AssignImage puts in place of the parts of an image's name; an empty part stays as it is.
struct ImageParts: Sendable {
    var domain = ""
    var path = ""
    /// With the `:` or `@` before it.
    var tag = ""

    /// The name of an image with these parts in it.
    func applied(to image: String) -> String {
        var (oldDomain, rest) = Self.split(image)
        var oldTag = ""
        if let end = rest.firstIndex(where: { $0 == ":" || $0 == "@" }) {
            oldTag = String(rest[end...])
            rest = String(rest[..<end])
        }
        if !domain.isEmpty { oldDomain = domain }
        return (oldDomain.isEmpty ? "" : oldDomain + "/") + (path.isEmpty ? rest : path) + (tag.isEmpty ? oldTag : tag)
    }

    /// What is before the first slash is a domain when it has a dot or a port, or is `localhost`.
    private static func split(_ image: String) -> (domain: String, rest: String) {
        guard let slash = image.firstIndex(of: "/") else { return ("", image) }
        let first = image[..<slash]
        guard first == "localhost" || first.contains(where: { $0 == "." || $0 == ":" }) else { return ("", image) }
        return (String(first), String(image[image.index(after: slash)...]))
    }

    private static let domainForm = #"^(\w[\w-]*\.[\w.-]*\w|localhost)(:\d+)?$"#
    private static let pathForm = #"^[a-z0-9]+(([._/]|__|-*)[a-z0-9]+)*$"#
    private static let tagForm =
        #"^(:\w[\w.-]{0,127}|@[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,})$"#

    /// What is wrong with them, and the parameter; parts that would move to another part the next time are refused.
    var problem: (message: String, parameter: String)? {
        func fits(_ text: String, _ form: String) -> Bool { (try? GoRegex(form).matches(Array(text.utf8))) ?? false }
        if domain.isEmpty, path.isEmpty, tag.isEmpty {
            return ("an AssignImage needs assignDomain, assignPath or assignTag", "")
        }
        if !domain.isEmpty, !fits(domain, Self.domainForm) {
            return ("assignDomain \"\(domain)\" is no host such as registry.example.com:5000", "assignDomain")
        }
        if !path.isEmpty, !fits(path, Self.pathForm) {
            return ("assignPath \"\(path)\" is no path of a repository such as team/app", "assignPath")
        }
        if !tag.isEmpty, !fits(tag, Self.tagForm) {
            return ("assignTag \"\(tag)\" is neither a tag such as :v1 nor a digest such as @sha256:…", "assignTag")
        }
        if domain.isEmpty, !Self.split(path).domain.isEmpty {
            return ("assignPath \"\(path)\" begins with what reads as a domain; assignDomain must be set too", "assignPath")
        }
        return nil
    }
}
