package import Text

/// Named templates that may call each other, and the functions they may call. A copy is cheap and independent.
package struct TemplateSet {
    package internal(set) var bodies: [ExactText: TemplateBody] = [:]
    /// Those of texts that were added to a copy; they take the place of others.
    var added: [ExactText: TemplateBody] = [:]
    package let functions: [String: TemplateFunction]
    /// Whether constants remember where they stand.
    package var keepsOrigins = false
    /// Blocks, pipelines and parentheses inside each other; more need a larger stack.
    package var maximumNesting = 100

    package init(functions: [String: TemplateFunction]) { self.functions = functions }

    package subscript(name: String) -> TemplateBody? {
        let name = ExactText(name)
        if !added.isEmpty, let body = added[name] { return body }
        return bodies[name]
    }
}
