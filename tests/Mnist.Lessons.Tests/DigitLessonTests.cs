namespace Mnist.Lessons.Tests;

/// <summary>The exercises of 10: stubs are asked for, typical wrong answers are told why they are wrong.</summary>
public class DigitLessonTests
{
    internal const string Name = "10-your-own-digit.ipynb";

    internal static readonly WrongAnswer[] Exercises =
    [
        new("string four = null;",
            [
                "string four = \"80,60 80,220; 200,60 200,220; 80,140 200,140\";",
                "string four = \"75,80 195,80 150,150 120,230\";",
                "string four = \"10,10 20,20 30,30 40,40 50,50 60,60 70,70 80,80 90,90\";",
                "string four = \"165,60 80,150 200,150; 175,60 170,240\";",
            ],
            ["that is the H", "it reads a 7", "it has 9 points", "MNIST's fours are mostly open at the top"]),
        new("    return null;                            // [column, row]",
            [
                "    double[] all = [image.Select((ink, i) => (double)ink * (i % 28)).Sum(), image.Select((ink, i) => (double)ink * (i / 28)).Sum()]; int ink = image.Sum(one => (int)one); return [(int)all[0] / ink, (int)all[1] / ink];",
                "    int[] inked = Enumerable.Range(0, 784).Where(i => image[i] > 0).ToArray(); return [inked.Average(i => i % 28), inked.Average(i => i / 28)];",
                "    var right = Mnist.Lab.Pad.Normalizer.CenterOfMass(image, 28); return [right.Row, right.Column];",
                "    var right = Mnist.Lab.Pad.Normalizer.CenterOfMass(image, 28); return [right.Column + 0.5, right.Row + 0.5];",
            ],
            ["whole-number division cuts the fraction off", "weight it by its ink", "the column is i % 28", "not at its edge"]),
        new("TrainingOptions better = null; ",
            [
                "TrainingOptions better = new() { Epochs = 1 }; ",
                "TrainingOptions better = new() { Epochs = 7, LearningRate = 0.1f }; ",
                "TrainingOptions better = new() { Epochs = 1, LearningRate = 0.02f }; ",
                "TrainingOptions better = new() { Epochs = 2 }; ",
            ],
            ["(goal 96)", "six are allowed", "(goal 92)", "(goal 92)"]),
    ];

    [Fact]
    public Task Its_stubs_are_not_solved_yet() => AnsweredLesson.AsksForAnswersAsync(Name);

    [Fact]
    public Task Typical_wrong_answers_are_told_why() => AnsweredLesson.TellsWhyAsync(Name);
}
