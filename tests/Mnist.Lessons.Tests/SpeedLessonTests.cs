namespace Mnist.Lessons.Tests;

/// <summary>The exercises of 08: stubs are asked for, typical wrong answers are told why they are wrong.</summary>
public class SpeedLessonTests
{
    internal const string Name = "08-speed.ipynb";

    internal static readonly WrongAnswer[] Exercises =
    [
        new("return null;                            // 1: no gain",
            ["return 1 / left;", "return 1 - first + first * left;"],
            ["the other layers still take", "that is the time left"]),
        new("int[] sizes = [];                           // batch sizes to measure\nint? smallest = null; ",
            ["int[] sizes = [32]; int? smallest = 64; ", "int[] sizes = [32]; int? smallest = 0; "],
            ["not among the sizes", "Measure every size up to 2,048 first"]),
        new("string wrongPhase = null;                   // a name from the table\ndouble? operations = null; ",
            ["string wrongPhase = \"forward 1\"; double? operations = 1; ", "string wrongPhase = \"input gradients\"; double? operations = 25_690_112; "],
            ["is counted right", "what is too much"]),
        new("TrainingOptions second = null; ",
            ["TrainingOptions second = new() { Epochs = 1 }; ", "TrainingOptions second = new() { Epochs = 1, InitialWeights = InitialWeights.He }; "],
            ["He's weights start faster", "the learning rate is timid"]),
    ];

    [Fact]
    public Task Its_stubs_are_not_solved_yet() => AnsweredLesson.AsksForAnswersAsync(Name);

    [Fact]
    public Task Typical_wrong_answers_are_told_why() => AnsweredLesson.TellsWhyAsync(Name);
}
