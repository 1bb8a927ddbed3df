"""The network of `bench` in NumPy and PyTorch: the same weights, images, order, batches and step width.

    peers.py DATA WEIGHTS THREADS

Says in JSON lines who is here and who is missing, then takes orders from standard input, a line each: "train PEER" does
one more epoch, "infer PEER" reads the test images; the answer is a line with the seconds and, of an epoch, the mean loss.
Pixels are floats before the first epoch, which no epoch has to pay for.
"""
import gzip
import json
import os
import sys
import time

BATCH, RATE = 32, 0.01


def say(**line):
    print(json.dumps(line), flush=True)


def read(folder, name, header):
    path = os.path.join(folder, name)
    with open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz", "rb") as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=header)


def images(folder, name):
    labels = read(folder, name + "-labels-idx1-ubyte", 8)
    pixels = read(folder, name + "-images-idx3-ubyte", 16).reshape(len(labels), -1)
    return pixels.astype(numpy.float32) / numpy.float32(255), labels.astype(numpy.int64)


def blas():
    """The library behind NumPy's matrix products, as far as the system tells."""
    try:
        with open("/proc/self/maps") as maps:
            loaded = maps.read().lower()
    except OSError:
        return ""
    return next((", " + name for key, name in (("openblas", "OpenBLAS"), ("mkl_", "MKL"), ("blis", "BLIS"), ("libblas", "reference BLAS")) if key in loaded), "")


class Batched:
    """Matrix products of a whole batch, in NumPy."""

    def __init__(self, weights, biases):
        self.W, self.b = [w.copy() for w in weights], [b.copy() for b in biases]

    def forward(self, x):
        outputs = [x]
        for w, b in zip(self.W[:-1], self.b[:-1]):
            outputs.append(numpy.maximum(outputs[-1] @ w + b, 0))
        logits = outputs[-1] @ self.W[-1] + self.b[-1]
        logits -= logits.max(axis=1, keepdims=True)
        powers = numpy.exp(logits)
        sums = powers.sum(axis=1, keepdims=True)
        return outputs, logits - numpy.log(sums), powers / sums

    def train(self, x, y):
        outputs, logs, d = self.forward(x)
        rows = numpy.arange(len(y))
        loss = -logs[rows, y].sum(dtype=numpy.float64)
        d[rows, y] -= 1
        d *= numpy.float32(1 / len(y))
        for layer in range(len(self.W) - 1, -1, -1):
            dw, db = outputs[layer].T @ d, d.sum(axis=0)
            if layer > 0:
                d = (d @ self.W[layer].T) * (outputs[layer] > 0)
            self.W[layer] -= numpy.float32(RATE) * dw
            self.b[layer] -= numpy.float32(RATE) * db
        return loss

    def infer(self, x):
        return self.forward(x)[2].argmax(axis=1)


class SampleAtATime:
    """A matrix-vector product per layer and an outer product per gradient, as the assembly program does it."""

    def __init__(self, weights, biases):
        self.W, self.b = [w.T.copy() for w in weights], [b.copy() for b in biases]

    def forward(self, x):
        outputs = [x]
        for w, b in zip(self.W[:-1], self.b[:-1]):
            outputs.append(numpy.maximum(w @ outputs[-1] + b, 0))
        logits = self.W[-1] @ outputs[-1] + self.b[-1]
        logits -= logits.max()
        powers = numpy.exp(logits)
        total = powers.sum()
        return outputs, logits - numpy.log(total), powers / total

    def train(self, xs, ys):
        dW, db, loss = [numpy.zeros_like(w) for w in self.W], [numpy.zeros_like(b) for b in self.b], 0.0
        for x, y in zip(xs, ys):
            outputs, logs, d = self.forward(x)
            loss -= float(logs[y])
            d[y] -= 1
            for layer in range(len(self.W) - 1, -1, -1):
                dW[layer] += numpy.outer(d, outputs[layer])
                db[layer] += d
                if layer > 0:
                    d = (self.W[layer].T @ d) * (outputs[layer] > 0)
        step = numpy.float32(RATE / len(ys))
        for layer in range(len(self.W)):
            self.W[layer] -= step * dW[layer]
            self.b[layer] -= step * db[layer]
        return loss

    def infer(self, xs):
        return [int(self.forward(x)[2].argmax()) for x in xs]


class PyTorch:
    """Layers, loss and optimiser of PyTorch, as its tutorials put them together."""

    def __init__(self, weights, biases):
        layers = []
        for w, b in zip(weights, biases):
            layer = torch.nn.Linear(*w.shape)
            with torch.no_grad():
                layer.weight.copy_(torch.from_numpy(w.T.copy()))
                layer.bias.copy_(torch.from_numpy(b))
            layers += [layer, torch.nn.ReLU()]
        self.model = torch.nn.Sequential(*layers[:-1])
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=RATE)

    def train(self, x, y):
        self.optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(self.model(torch.from_numpy(x)), torch.from_numpy(y))
        loss.backward()
        self.optimizer.step()
        return loss.item() * len(y)

    def infer(self, x):
        with torch.no_grad():
            return self.model(torch.from_numpy(x)).softmax(dim=1).argmax(dim=1)


def epoch(peer, x, y):
    start, loss = time.perf_counter(), 0.0
    for first in range(0, len(y), BATCH):
        loss += peer.train(x[first:first + BATCH], y[first:first + BATCH])
    return {"seconds": time.perf_counter() - start, "loss": loss / len(y)}


def inference(peer, x):
    start = time.perf_counter()
    peer.infer(x)
    return {"seconds": time.perf_counter() - start}


def main(folder, weights, threads):
    global numpy, torch
    try:
        import numpy
    except ImportError as missing:
        say(missing="NumPy and PyTorch", reason=str(missing), install="pip install numpy torch")
        say(ready=True)
        return
    model = numpy.load(weights)
    count = len(model.files) // 2
    W, b = [model[f"W{i + 1}"] for i in range(count)], [model[f"b{i + 1}"] for i in range(count)]
    (x, y), (test, _) = images(folder, "train"), images(folder, "t10k")
    version = f"NumPy {numpy.__version__}{blas()}"
    peers = {"batched": Batched(W, b)}
    if threads == 1:  # a matrix-vector product of this size is no work for two
        peers["sample"] = SampleAtATime(W, b)
        say(peer="sample", name="NumPy, a sample at a time", version=version, slow=True)
    say(peer="batched", name="NumPy, batched", version=version)
    try:
        import torch
        torch.set_num_threads(threads)
        peers["torch"] = PyTorch(W, b)
        say(peer="torch", name="PyTorch", version=f"PyTorch {torch.__version__}")
    except ImportError as missing:
        say(missing="PyTorch", reason=str(missing), install="pip install torch")
    say(ready=True)
    for order in sys.stdin:
        work, peer = order.split()
        say(**(epoch(peers[peer], x, y) if work == "train" else inference(peers[peer], test)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
