/** Pages as students write them in a first course of Python: nothing that a language model was counted on. */
export const PYTHON_PAGES: readonly string[] = [
  `def fizzbuzz(n):
    for i in range(1, n + 1):
        if i % 15 == 0:
            print("FizzBuzz")
        elif i % 3 == 0:
            print("Fizz")
        elif i % 5 == 0:
            print("Buzz")
        else:
            print(i)

fizzbuzz(100)`,
  `numbers = [4, 8, 15, 16, 23, 42]
total = 0
for number in numbers:
    if number % 2 == 0:
        total += number
average = total / len(numbers)
print("The average is", average)`,
  `def is_prime(n):
    if n < 2:
        return False
    d = 2
    while d * d <= n:
        if n % d == 0:
            return False
        d += 1
    return True

print([p for p in range(50) if is_prime(p)])`,
  `class Account:
    def __init__(self, owner):
        self.owner = owner
        self.balance = 0

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError(amount)
        self.balance += amount
        return self.balance`,
  `def bubble_sort(a):
    n = len(a)
    for i in range(n - 1):
        for j in range(n - i - 1):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return a

print(bubble_sort([5, 2, 9, 1]))`,
  `word = input("Enter a word: ")
vowels = 0
for letter in word.lower():
    if letter in "aeiou":
        vowels = vowels + 1
if word == word[::-1]:
    print(word, "is a palindrome")
print("Vowels:", vowels)`,
  `def gcd(a, b):
    while b != 0:
        a, b = b, a % b
    return a

def lcm(a, b):
    return a * b // gcd(a, b)

x = int(input("x = "))
y = int(input("y = "))
print(gcd(x, y), lcm(x, y))`,
  `import random

secret = random.randint(1, 100)
guess = 0
tries = 0
while guess != secret:
    guess = int(input("Guess: "))
    tries += 1
    if guess < secret:
        print("Too low")
    elif guess > secret:
        print("Too high")
print("Found in", tries, "tries")`,
  `def count_words(path):
    counts = {}
    with open(path) as file:
        for line in file:
            for word in line.split():
                counts[word] = counts.get(word, 0) + 1
    return counts`,
  `def factorial(n):
    if n == 0:
        return 1
    return n * factorial(n - 1)

for k in range(10):
    print(k, factorial(k))`,
  `grades = {"Ann": 91, "Ben": 78, "Cleo": 85}
best = None
for name, grade in grades.items():
    if best is None or grade > grades[best]:
        best = name
print(best, "has", grades[best], "points")`,
  `def transpose(matrix):
    rows = len(matrix)
    columns = len(matrix[0])
    result = []
    for c in range(columns):
        row = []
        for r in range(rows):
            row.append(matrix[r][c])
        result.append(row)
    return result`,
];
