import GoTemplate

/// Turns problems of templates into messages that name the cause first and then the way there.
enum ExecutionMessage {
    static func parsing(_ problem: TemplateProblem, _ name: String) -> HelmProblem {
        let places = problem.places.map(place)
        let location = places.first?.text ?? name
        var broken = HelmProblem("parse error at (\(location)): \(problem.reason)", places: places)
        broken.isBroken = true
        return broken
    }

    static func running(_ problem: TemplateProblem) -> HelmProblem {
        let places = problem.places.map(place)
        if let text = Refusal.text(in: problem.message) {
            return HelmProblem("execution error at (\(places.first?.text ?? "")): \(text)", places: places)
        }
        guard let inner = problem.places.last else { return HelmProblem(problem.message) }
        return HelmProblem("\(place(inner).text): \(problem.reason)", places: places)
    }

    private static func place(_ place: TemplateProblem.Place) -> HelmProblem.Place {
        let source = place.file < 0 ? nil : TextPlace(file: place.file, offset: Int32(clamping: place.offset))
        return HelmProblem.Place(path: place.template, line: place.line, column: place.column, source: source)
    }
}
